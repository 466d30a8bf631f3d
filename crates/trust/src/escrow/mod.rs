//! The escrow: what of each Mac's keys is kept, and what is known of them. A [`Standing`] is where one Mac's line of versions
//! has come to; [`Standing::after`] is the only rule by which it moves. [`history`] tells of each version by the same rule,
//! [`recovery_key`] reads and spells a key, [`rotation`] says when it is to be another one.
//!
//! A version is never changed or forgotten: it is superseded, or ended with a reason, and a proof that it opens the disk is
//! worth more than any end.

mod history;
mod kind;
mod origin;
pub mod recovery_key;
pub mod rotation;
mod standing;
mod what;

pub use history::{Ended, Event, Version, history};
pub use kind::EscrowKind;
pub use origin::Origin;
pub use standing::{Standing, State};
pub use what::What;
