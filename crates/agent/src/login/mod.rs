//! Logins at this Mac's screen, as the login plug-in tells them.
//!
//! * `socket`: takes them in, from root alone;
//! * `record`: how many there were, and when; nothing else of a login is ever written down;
//! * `registration`: sees to it that macOS asks the plug-in.
//!
//! What a login is good for is the `core`(crate::core)'s business.

mod bundle;
mod mechanisms;
mod record;
pub mod registration;
pub mod socket;

pub use record::LoginRecord;

use secrecy::SecretString;

/// Somebody has logged in at the screen, with a password that macOS has verified. `Debug` does not show it.
#[derive(Debug)]
pub struct Login {
    /// Record name of the account.
    pub account: String,
    /// Its password.
    pub password: SecretString,
}
