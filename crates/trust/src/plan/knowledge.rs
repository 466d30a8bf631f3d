//! What the passwords have shown, tried or held against the policy. The server knows nothing of them.

/// Answers about passwords; `None` is "not tried" or "cannot be told".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Knowledge {
    /// Whether Open Directory takes the administrator's password.
    pub administrator_local: Option<bool>,
    /// Whether the disk takes the administrator's password.
    pub administrator_disk: Option<bool>,
    /// Whether Open Directory takes the target's password.
    pub target_local: Option<bool>,
    /// Whether the administrator's account was found locked by wrong passwords, so that nothing was tried.
    pub administrator_locked: bool,
    /// Whether one more wrong password of the administrator would lock the account, or the disk has refused it as often as
    /// it may, so that nothing more was tried.
    pub administrator_tries_spent: bool,
    /// Whether the target's account was.
    pub target_locked: bool,
    /// Whether macOS lets the agent ask the disk at all.
    pub full_disk_access: Option<bool>,
    /// Whether the Mac's password policy takes the new account's password.
    pub password_policy: Option<bool>,
}

impl Knowledge {
    /// Nothing was tried.
    pub const NONE: Self = Self {
        administrator_local: None,
        administrator_disk: None,
        target_local: None,
        administrator_locked: false,
        administrator_tries_spent: false,
        target_locked: false,
        full_disk_access: None,
        password_policy: None,
    };
}
