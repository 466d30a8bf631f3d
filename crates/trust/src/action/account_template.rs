//! The actions on an account that exists, with a name that may hold wildcards.

use serde::{Deserialize, Serialize};

use super::{DeleteAccount, DemoteAccount, DisableAccount, ResetPassword};
use crate::name::AccountName;
use crate::wildcard::{Field, Templated, Unresolved, Values};

/// An action that names one account and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AccountTemplate {
    /// The account.
    pub target: Templated<AccountName>,
}

/// An action that names one account, and whether a person accepts what the chain loses.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct GuardedAccountTemplate {
    /// The account.
    pub target: Templated<AccountName>,
    /// The Mac's name, typed in confirmation. Never a wildcard.
    #[serde(default)]
    pub confirm_device_name: Option<String>,
}

/// [`DeleteAccount`] with a name that may hold wildcards.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DeleteAccountTemplate {
    /// The account.
    pub target: Templated<AccountName>,
    /// Whether its home folder goes with it.
    #[serde(default)]
    pub remove_home: bool,
    /// The Mac's name, typed in confirmation. Never a wildcard.
    #[serde(default)]
    pub confirm_device_name: Option<String>,
}

impl AccountTemplate {
    pub(super) fn exactly(target: &AccountName) -> Self {
        Self {
            target: Templated::exactly(target.clone()),
        }
    }

    pub(super) fn resolve(&self, values: &Values<'_>) -> Result<AccountName, Unresolved> {
        self.target.resolve(values, Field::TargetUsername)
    }
}

impl GuardedAccountTemplate {
    pub(super) fn exactly(target: &AccountName, confirm_device_name: Option<&String>) -> Self {
        Self {
            target: Templated::exactly(target.clone()),
            confirm_device_name: confirm_device_name.cloned(),
        }
    }

    pub(super) fn demote(&self, values: &Values<'_>) -> Result<DemoteAccount, Unresolved> {
        Ok(DemoteAccount {
            target: self.target.resolve(values, Field::TargetUsername)?,
            confirm_device_name: self.confirm_device_name.clone(),
        })
    }

    pub(super) fn disable(&self, values: &Values<'_>) -> Result<DisableAccount, Unresolved> {
        Ok(DisableAccount {
            target: self.target.resolve(values, Field::TargetUsername)?,
            confirm_device_name: self.confirm_device_name.clone(),
        })
    }

    pub(super) fn allows(&self, target: &AccountName, confirmed: Option<&String>) -> bool {
        self.target.allows(target) && self.confirm_device_name.as_ref() == confirmed
    }
}

impl DeleteAccountTemplate {
    pub(super) fn exactly(delete: &DeleteAccount) -> Self {
        Self {
            target: Templated::exactly(delete.target.clone()),
            remove_home: delete.remove_home,
            confirm_device_name: delete.confirm_device_name.clone(),
        }
    }

    pub(super) fn resolve(&self, values: &Values<'_>) -> Result<DeleteAccount, Unresolved> {
        Ok(DeleteAccount {
            target: self.target.resolve(values, Field::TargetUsername)?,
            remove_home: self.remove_home,
            confirm_device_name: self.confirm_device_name.clone(),
        })
    }

    pub(super) fn allows(&self, delete: &DeleteAccount) -> bool {
        self.target.allows(&delete.target)
            && self.remove_home == delete.remove_home
            && self.confirm_device_name == delete.confirm_device_name
    }
}

/// [`ResetPassword`] with names that may hold wildcards.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ResetPasswordTemplate {
    /// The account.
    pub target: Templated<AccountName>,
    /// Another account: an administrator who holds a token.
    pub administrator: Templated<AccountName>,
}

impl ResetPasswordTemplate {
    pub(super) fn exactly(reset: &ResetPassword) -> Self {
        Self {
            target: Templated::exactly(reset.target.clone()),
            administrator: Templated::exactly(reset.administrator.clone()),
        }
    }

    pub(super) fn resolve(&self, values: &Values<'_>) -> Result<ResetPassword, Unresolved> {
        Ok(ResetPassword {
            administrator: self.administrator.resolve(values, Field::AdministratorUsername)?,
            target: self.target.resolve(values, Field::TargetUsername)?,
        })
    }

    pub(super) fn allows(&self, reset: &ResetPassword) -> bool {
        self.target.allows(&reset.target) && self.administrator.allows(&reset.administrator)
    }
}
