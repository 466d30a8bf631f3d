//! The role of an account on the command line.

use trust::action::AccountRole;

/// What an account may do.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
pub enum Role {
    /// A standard account
    #[default]
    Standard,
    /// A member of the admin group
    Administrator,
}

impl From<Role> for AccountRole {
    fn from(role: Role) -> Self {
        match role {
            Role::Standard => Self::Standard,
            Role::Administrator => Self::Administrator,
        }
    }
}
