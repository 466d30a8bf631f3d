//! The local administrator: one account on each Mac with a password of its own, made on the Mac, kept in the vault, shown to who
//! needs it, and replaced soon after (what the field calls LAPS). What it is to be like ([`Settings`]), and what its agent does next
//! ([`next_step`]), how that is told to people ([`outlook()`]), and whether what it did last failed ([`is_failed`]).
//!
//! Unlike the service account it is for people. Its token is one holder more, so that nothing here makes it the only one.

mod alphabet;
mod failed;
mod outlook;
mod settings;
mod step;

pub use alphabet::Alphabet;
pub use failed::{DEEDS, is_failed};
pub use outlook::outlook;
pub use settings::{NotASetting, Settings};
pub use step::{Held, Made, Step, WAITS_FOR_LOG_OUT, next_step};
