//! The service account: the hidden account by which an agent hands on tokens. What of it is healthy, what is wrong, and
//! what is done about it.
//!
//! Everything here is decided from what was seen ([`Observation`](crate::observation::Observation)) and from what the
//! organisation wants ([`Settings`]). The agent carries out; the server shows.

pub mod attempts;
mod deed;
pub mod guesses;
mod ladder;
pub mod policy_conflict;
mod reinstall;
mod rotation;
mod settings;
mod status;
mod step;
mod updates;

pub use deed::{Deed, DeedKind};
pub use ladder::{Rung, RungCost, RungStanding, ladder};
pub use reinstall::{NOBODY_CAN_HELP, Reinstall, fault, reinstall};
pub use rotation::{rotation_due_at, rotation_interval};
pub use settings::{NotASetting, Settings};
pub(crate) use status::is_other;
pub use status::{
    CONSEQUENCE, Reason, ReasonKind, Status, condition, easily_recovered, status, token_of_service_account,
};
pub use step::{Login, Step, next_step};
pub use updates::authorises_updates;

/// The account's record name, on every Mac.
pub const RECORD_NAME: &str = "_bestow";

/// The name that people see, where they see it at all.
pub const REAL_NAME: &str = "Bestow Service Account";
