//! An account and its password, together.

use secrecy::SecretString;

use crate::AccountName;

/// An account with its password. `Debug` shows the account only.
#[derive(Clone, Copy, Debug)]
pub struct Credential<'a> {
    /// The account.
    pub account: &'a AccountName,
    /// Its password.
    pub password: &'a SecretString,
}
