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
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No such record.
    UnknownUser(String),
    /// The administrator's directory password is wrong.
    WrongGranterPassword,
    /// The other account's directory password is wrong.
    WrongTargetPassword,
    /// The granter is no administrator or holds no token: OpenDirectory 5101.
    NotAuthorised,
    /// No credential that opens the volume was given.
    NeedsUnlock,
    /// This volume knows no tokens: OpenDirectory 5100.
    NotSupported,
    /// It would leave nobody who can open the volume: OpenDirectory 4001.
    LastUnlockRecord,
    /// It would leave no administrator or no token holder.
    LastAdminOrHolder,
    /// The new password breaks the policy: OpenDirectory 5402.
    PasswordPolicy,
    /// The directory and the disk disagree about the password: OpenDirectory 5103.
    OutOfSync,
    /// Too many wrong passwords.
    Locked,
    /// The account may not authenticate.
    Disabled,
    /// The record (or its id, or its full name) exists.
    AlreadyExists,
    /// Full Disk Access is missing.
    NoPermission,
    /// A blank password where none is allowed.
    BlankPassword,
    /// FileVault is not in the state this needs.
    WrongFileVaultState,
    /// The Mac is not managed in a way that allows it.
    NotManaged,
    /// What the server holds does not open the volume.
    TokenMismatch,
}
