//! Password policies of macOS: what they ask of a password, whether a password satisfies them, and how one is made that
//! does.
//!
//! A [`Policy`] is read from what `pwpolicy` prints ([`AccountPolicies`]) or from what an MDM sends
//! ([`PasscodeSettings`]). It judges passwords ([`Policy::evaluate`]), makes them ([`Policy::generator`]) or proves that
//! none can be made and by which rules, and tells the limits that it sets ([`Policy::attempt_limit`],
//! [`Policy::password_expiry`]). What it cannot read it says so of; it never guesses.
//!
//! This crate is pure: it does no I/O and reads no clock, and randomness comes in. It knows nothing of Macs beyond the
//! language that Apple's policies are written in.

mod attempts;
mod chars;
mod evaluation;
mod expiry;
mod generate;
mod language;
mod pattern;
mod policy;
mod predicate;
mod rule;
mod search;
mod source;
mod verdict;

pub use attempts::AttemptLimit;
pub use evaluation::{Before, Evaluation, Subject};
pub use expiry::{History, When};
pub use generate::{CannotGenerate, Conflict, ConflictKind, Generated, Generator};
pub use policy::Policy;
pub use rule::{Category, Rule, Scope};
pub use source::{
    AccountPolicies, AccountPolicy, CustomRegex, DeclaredRegex, DigitDemand, Parameter, PasscodeDeclaration,
    PasscodePayload, PasscodeSettings, PayloadRegex,
};
pub use verdict::{Doubt, Verdict};
