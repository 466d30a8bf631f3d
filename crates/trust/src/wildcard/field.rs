//! The fields that mean something else on each Mac: those that take wildcards, and those that choose an account.

use serde::{Deserialize, Serialize};

use crate::action::SecretRole;

/// A field of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Field {
    /// Record name of the account that hands on.
    #[serde(rename = "administrator.username")]
    AdministratorUsername,
    /// What stands for its password.
    #[serde(rename = "administrator.password_from")]
    AdministratorPassword,
    /// Record name of the account that receives, or that is made.
    #[serde(rename = "target.username")]
    TargetUsername,
    /// Any of its names, in the place of the record name.
    #[serde(rename = "target.alias")]
    TargetAlias,
    /// Its user id, in the place of the record name. It takes no wildcards.
    #[serde(rename = "target.uid")]
    TargetUid,
    /// Its role, in the place of the record name. It takes no wildcards.
    #[serde(rename = "target.with_role")]
    TargetRole,
    /// What stands for its password.
    #[serde(rename = "target.password_from")]
    TargetPassword,
    /// What stands for the password that an account is to have.
    #[serde(rename = "new_password.password_from")]
    NewPassword,
    /// Full name of the account that is made.
    #[serde(rename = "target.full_name")]
    TargetFullName,
}

impl Field {
    /// The password that plays this role.
    pub fn password_of(role: SecretRole) -> Self {
        match role {
            SecretRole::Administrator => Self::AdministratorPassword,
            SecretRole::Target => Self::TargetPassword,
            SecretRole::NewPassword => Self::NewPassword,
        }
    }

    /// Where it stands in an action's JSON.
    pub fn path(self) -> &'static str {
        match self {
            Self::AdministratorUsername => "administrator.username",
            Self::AdministratorPassword => "administrator.password_from",
            Self::TargetUsername => "target.username",
            Self::TargetAlias => "target.alias",
            Self::TargetUid => "target.uid",
            Self::TargetRole => "target.with_role",
            Self::TargetPassword => "target.password_from",
            Self::NewPassword => "new_password.password_from",
            Self::TargetFullName => "target.full_name",
        }
    }

    /// Whether what stands in it is secret.
    pub fn is_secret(self) -> bool {
        matches!(
            self,
            Self::AdministratorPassword | Self::TargetPassword | Self::NewPassword
        )
    }

    /// Whether it names a local account.
    pub(super) fn names_an_account(self) -> bool {
        matches!(
            self,
            Self::AdministratorUsername | Self::TargetUsername | Self::TargetAlias
        )
    }
}
