//! Where rules come from, as data: what `pwpolicy` prints, and what an MDM sends.

mod account_policies;
mod passcode_declaration;
mod passcode_payload;
mod passcode_settings;

pub use account_policies::{AccountPolicies, AccountPolicy, Parameter};
pub use passcode_declaration::{DeclaredRegex, PasscodeDeclaration};
pub use passcode_payload::{PasscodePayload, PayloadRegex};
pub use passcode_settings::{CustomRegex, DigitDemand, PasscodeSettings};
