//! `pwpolicy`: the password policy, as it stands in the directory.
//!
//! A rule is a predicate in Apple's language. This crate reads the rules; what they demand is for others to say.

mod allowed;
mod policies;
mod switch;

pub use allowed::{Authentication, authentication_allowed};
pub use policies::{Parameter, PolicySet, Rule, policies};
pub use switch::{SwitchClaim, disable, enable};
