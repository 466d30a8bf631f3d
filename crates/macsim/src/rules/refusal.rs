//! Why macOS refuses. Tools turn these into their own words.

use crate::model::clock::UnixMillis;

/// A name and a password somebody typed.
#[derive(Clone, Copy)]
pub struct Credentials<'a> {
    /// Record name.
    pub name: &'a str,
    /// Password.
    pub password: &'a str,
}

/// The circumstances of one call.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances {
    /// What time it is.
    pub now: UnixMillis,
}

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No such record.
    #[error("there is no account `{0}`")]
    UnknownUser(String),
    /// The administrator's directory password is wrong.
    #[error("the administrator's password is wrong")]
    WrongGranterPassword,
    /// The other account's directory password is wrong.
    #[error("the password is wrong")]
    WrongTargetPassword,
    /// The granter is no administrator or holds no token: OpenDirectory 5101.
    #[error("the administrator has no admin rights or no token")]
    NotAuthorised,
    /// No credential that opens the volume was given.
    #[error("nothing that was given opens the disk")]
    NeedsUnlock,
    /// This volume knows no tokens: OpenDirectory 5100.
    #[error("this volume does not support it")]
    NotSupported,
    /// It would leave nobody who can open the volume: OpenDirectory 4001.
    #[error("nobody would be left who can open the disk")]
    LastUnlockRecord,
    /// It would leave no administrator or no token holder.
    #[error("the last administrator or token holder stays")]
    LastAdminOrHolder,
    /// The new password breaks the policy: OpenDirectory 5402.
    #[error("the password policy forbids it")]
    PasswordPolicy,
    /// The password is right but too old: OpenDirectory 5400.
    #[error("the password has expired")]
    PasswordExpired,
    /// The directory and the disk disagree about the password: OpenDirectory 5103.
    #[error("directory and disk do not know the same password")]
    OutOfSync,
    /// Too many wrong passwords.
    #[error("there were too many wrong passwords")]
    Locked,
    /// The account may not authenticate.
    #[error("the account is disabled")]
    Disabled,
    /// The password is right, but the account's shell begins nothing.
    #[error("the account has no shell that a login could begin")]
    NoShell,
    /// The record (or its id, or its full name) exists.
    #[error("it exists already")]
    AlreadyExists,
    /// Full Disk Access is missing.
    #[error("Full Disk Access is missing")]
    NoPermission,
    /// A blank password where none is allowed.
    #[error("a blank password is not allowed")]
    BlankPassword,
    /// FileVault is not in the state this needs.
    #[error("FileVault is not in the right state")]
    WrongFileVaultState,
    /// The Mac is not managed in a way that allows it.
    #[error("the Mac is not managed in a way that allows it")]
    NotManaged,
    /// What the server holds does not open the volume.
    #[error("the server's token does not open the disk")]
    TokenMismatch,
}
