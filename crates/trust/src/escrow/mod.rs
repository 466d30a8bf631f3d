//! The escrow: what of each Mac's keys is kept, and what is known of them. A [`Standing`] is where one Mac's line of versions
//! has come to; [`Standing::after`] is the only rule by which it moves. [`history`] tells of each version by the same rule,
//! [`Showing`] how a secret of each kind is shown, [`recovery_key`] reads a key, [`rotation`] says when it is to be another one,
//! [`proof`] when it is to be tried again, and [`troubles`] what is wrong with it.
//!
//! A version is never changed: it is superseded, or ended with a reason, and a proof that it opens the disk is worth more than any
//! end. Only of a Mac that somebody decided to forget are the secrets destroyed, after the days of [`Retention`]; what happened
//! to them is never forgotten.

mod entered;
mod history;
mod kind;
mod origin;
mod password;
pub mod proof;
pub mod recovery_key;
mod retention;
pub mod rotation;
mod schedule;
mod showing;
mod standing;
mod trouble;
mod what;

pub use entered::{MOST_LEGACY, is_enterable};
pub use history::{Ended, Event, Version, history};
pub use kind::EscrowKind;
pub use origin::Origin;
pub use retention::{NotARetention, Retention};
pub use schedule::{NotASchedule, Schedule};
pub use showing::{Showing, Spelled};
pub use standing::{Standing, State};
pub use trouble::{OVERDUE_AFTER, Trouble, UNTRIED_AFTER, next_change, troubles};
pub use what::What;
