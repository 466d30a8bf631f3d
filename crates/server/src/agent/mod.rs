//! The API for agents, as `wire::agent_api` describes it. Its refusals tell the server's clock.

mod body;
pub(crate) mod check_in;
pub(crate) mod enroll;
pub(crate) mod escrow;
pub(crate) mod kept_key;
mod observed;
pub(crate) mod report;
pub(crate) mod ring;
pub(crate) mod server_time;
pub(crate) mod start;

pub use observed::kept;

pub(crate) use body::LONGEST as LONGEST_BODY;
