//! Ready-made Macs: the situations an administrator meets, and random ones for property tests.
//!
//! Each is made by letting things happen to a factory-fresh Mac through the rules, never by setting flags,
//! so that a situation cannot be one that macOS would not reach.

pub mod builder;
pub mod passwords;
pub mod random_mac;
pub mod random_policy;
pub mod situation;
mod situations;

pub use builder::{Account, Builder, Role, ScenarioMac};
pub use random_mac::random_mac;
pub use random_policy::random_policy;
pub use situation::{Situation, UnknownSituation};
