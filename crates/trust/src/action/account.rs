//! The actions on an account that exists: its password, its rights, whether it may authenticate, and its end.

use serde::{Deserialize, Serialize};

use crate::name::AccountName;

/// Make `target` an administrator.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PromoteAccount {
    /// The account.
    pub target: AccountName,
}

impl PromoteAccount {
    /// What people call this action.
    pub const LABEL: &str = "Promote Account";
}

/// Make `target` a standard account.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DemoteAccount {
    /// The account.
    pub target: AccountName,
    /// The Mac's name, typed by the person who accepts what the chain loses. Not needed where it stays whole.
    #[serde(default)]
    pub confirm_device_name: Option<String>,
}

impl DemoteAccount {
    /// What people call this action.
    pub const LABEL: &str = "Demote Account";
}

/// Keep `target` from authenticating, until it is unlocked. Its token stays, and serves nobody meanwhile.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DisableAccount {
    /// The account.
    pub target: AccountName,
    /// As in [`DemoteAccount`].
    #[serde(default)]
    pub confirm_device_name: Option<String>,
}

impl DisableAccount {
    /// What people call this action.
    pub const LABEL: &str = "Disable Account";
}

/// Let `target` authenticate again: it is enabled, and its failed tries are forgotten.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnlockAccount {
    /// The account.
    pub target: AccountName,
}

impl UnlockAccount {
    /// What people call this action.
    pub const LABEL: &str = "Unlock Account";
}

/// Delete `target`, its token and its key to the disk.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeleteAccount {
    /// The account.
    pub target: AccountName,
    /// Whether its home folder goes with it. It stays unless told.
    #[serde(default)]
    pub remove_home: bool,
    /// As in [`DemoteAccount`].
    #[serde(default)]
    pub confirm_device_name: Option<String>,
}

impl DeleteAccount {
    /// What people call this action.
    pub const LABEL: &str = "Delete Account";
}

/// Give `target` another password by the one that it has. Its token stays.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangePassword {
    /// The account.
    pub target: AccountName,
}

impl ChangePassword {
    /// What people call this action.
    pub const LABEL: &str = "Change Password";
}

/// Give `target` another password without the one that it has, by the authority of `administrator`. Its token stays.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResetPassword {
    /// The account.
    pub target: AccountName,
    /// Another account: an administrator who holds a token.
    pub administrator: AccountName,
}

impl ResetPassword {
    /// What people call this action.
    pub const LABEL: &str = "Reset Password";
}
