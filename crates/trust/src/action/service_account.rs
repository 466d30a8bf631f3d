//! The actions about the service account: making, repairing and removing it, and giving it a new password.

use serde::{Deserialize, Serialize};

use crate::name::AccountName;

/// Make the service account, with a token from `administrator`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreateServiceAccount {
    /// The granter: an administrator who holds a token.
    pub administrator: AccountName,
    /// Whether a granter that is a standard account may be made an administrator for the moment of the grant.
    #[serde(default)]
    pub promote_administrator: bool,
}

impl CreateServiceAccount {
    /// What people call this action.
    pub const LABEL: &str = "Create Service Account";
}

/// Give the service account a new password, made on the Mac.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RotateServiceAccountPassword {}

impl RotateServiceAccountPassword {
    /// What people call this action.
    pub const LABEL: &str = "Rotate Service Account Password";
}

/// Repair the service account where it stands: by what the agent can do alone, or with an administrator's help.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RepairServiceAccount {
    /// The account that helps: an administrator who holds a token.
    #[serde(default)]
    pub administrator: Option<AccountName>,
    /// Whether a helper that is a standard account may be made an administrator for the moment.
    #[serde(default)]
    pub promote_administrator: bool,
}

impl RepairServiceAccount {
    /// What people call this action.
    pub const LABEL: &str = "Repair Service Account";
}

/// Delete the service account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RemoveServiceAccount {
    /// The Mac's name, typed by the person who accepts that nobody on it can hand a token on afterwards, or that nobody is
    /// proved to. Not needed where other holders are left.
    #[serde(default)]
    pub confirm_device_name: Option<String>,
}

impl RemoveServiceAccount {
    /// What people call this action.
    pub const LABEL: &str = "Remove Service Account";
}
