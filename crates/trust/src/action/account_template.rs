//! The actions on an account that exists, before it is known which account that is on a Mac.

use serde::{Deserialize, Serialize};

use super::{DeleteAccount, DemoteAccount, DisableAccount, ResetPassword};
use crate::account_choice::{AccountChoice, Unresolvable};
use crate::name::AccountName;
use crate::wildcard::{Field, Templated, Values};

/// An action that names one account and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AccountTemplate {
    /// The account.
    pub target: AccountChoice,
}

/// An action that names one account, and whether a person accepts what the chain loses.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct GuardedAccountTemplate {
    /// The account.
    pub target: AccountChoice,
    /// The Mac's name, typed in confirmation. Never a wildcard.
    #[serde(default)]
    pub confirm_device_name: Option<String>,
}

/// [`DeleteAccount`] with a name that may hold wildcards.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DeleteAccountTemplate {
    /// The account.
    pub target: AccountChoice,
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
            target: AccountChoice::exactly(target),
        }
    }

    pub(super) fn resolve(&self, values: &Values<'_>) -> Result<AccountName, Unresolvable> {
        self.target.resolve(values, None)
    }
}

impl GuardedAccountTemplate {
    pub(super) fn exactly(target: &AccountName, confirm_device_name: Option<&String>) -> Self {
        Self {
            target: AccountChoice::exactly(target),
            confirm_device_name: confirm_device_name.cloned(),
        }
    }

    pub(super) fn demote(&self, values: &Values<'_>) -> Result<DemoteAccount, Unresolvable> {
        Ok(DemoteAccount {
            target: self.target.resolve(values, None)?,
            confirm_device_name: self.confirm_device_name.clone(),
        })
    }

    pub(super) fn disable(&self, values: &Values<'_>) -> Result<DisableAccount, Unresolvable> {
        Ok(DisableAccount {
            target: self.target.resolve(values, None)?,
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
            target: AccountChoice::exactly(&delete.target),
            remove_home: delete.remove_home,
            confirm_device_name: delete.confirm_device_name.clone(),
        }
    }

    pub(super) fn resolve(&self, values: &Values<'_>) -> Result<DeleteAccount, Unresolvable> {
        Ok(DeleteAccount {
            target: self.target.resolve(values, None)?,
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
    pub target: AccountChoice,
    /// Another account: an administrator who holds a token.
    pub administrator: Templated<AccountName>,
}

impl ResetPasswordTemplate {
    pub(super) fn exactly(reset: &ResetPassword) -> Self {
        Self {
            target: AccountChoice::exactly(&reset.target),
            administrator: Templated::exactly(reset.administrator.clone()),
        }
    }

    pub(super) fn resolve(&self, values: &Values<'_>) -> Result<ResetPassword, Unresolvable> {
        let administrator = self.administrator.resolve(values, Field::AdministratorUsername)?;
        Ok(ResetPassword {
            target: self.target.resolve(values, Some(&administrator))?,
            administrator,
        })
    }

    pub(super) fn allows(&self, reset: &ResetPassword) -> bool {
        self.target.allows(&reset.target) && self.administrator.allows(&reset.administrator)
    }
}
