//! The service account: its status, what is found, the ladder of repair, and what an agent does next.

mod findings;
mod ladder;
mod ledger;
mod plans;
mod reinstall;
mod retry;
mod status;
mod steps;
pub(crate) mod support;
mod updates;
