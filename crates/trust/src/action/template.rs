//! An action whose names may hold wildcards, and whose target may be chosen otherwise than by its name: the same words as an
//! [`Action`], for one Mac or for many.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::account_template::{
    AccountTemplate, DeleteAccountTemplate, GuardedAccountTemplate, ResetPasswordTemplate,
};
use super::{
    AccountRole, Action, AdoptAccount, ChangePassword, CreateAccount, CreateServiceAccount, GrantSecureToken,
    Kind, PromoteAccount, RemoveServiceAccount, RepairServiceAccount, RotateRecoveryKey,
    RotateServiceAccountPassword, SecretRole, UnlockAccount,
};
use crate::account_choice::{AccountChoice, Unresolvable};
use crate::enrolment::Person;
use crate::name::{AccountName, FullName};
use crate::wildcard::{Field, Templated, Values};

/// One typed thing that is asked, before it is known of which Mac.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ActionTemplate {
    /// See [`GrantSecureToken`].
    GrantSecureToken(GrantTemplate),
    /// See [`CreateAccount`].
    CreateAccount(CreateAccountTemplate),
    /// See [`CreateServiceAccount`].
    CreateServiceAccount(CreateServiceAccountTemplate),
    /// See [`RotateServiceAccountPassword`].
    RotateServiceAccountPassword(RotateServiceAccountPassword),
    /// See [`RepairServiceAccount`].
    RepairServiceAccount(RepairServiceAccountTemplate),
    /// See [`RemoveServiceAccount`].
    RemoveServiceAccount(RemoveServiceAccount),
    /// See [`RotateRecoveryKey`].
    RotateRecoveryKey(RotateRecoveryKeyTemplate),
    /// See [`AdoptAccount`].
    AdoptAccount(AdoptAccountTemplate),
    /// See [`PromoteAccount`].
    PromoteAccount(AccountTemplate),
    /// See [`DemoteAccount`](super::DemoteAccount).
    DemoteAccount(GuardedAccountTemplate),
    /// See [`DisableAccount`](super::DisableAccount).
    DisableAccount(GuardedAccountTemplate),
    /// See [`UnlockAccount`].
    UnlockAccount(AccountTemplate),
    /// See [`DeleteAccount`](super::DeleteAccount).
    DeleteAccount(DeleteAccountTemplate),
    /// See [`ChangePassword`].
    ChangePassword(AccountTemplate),
    /// See [`ResetPassword`](super::ResetPassword).
    ResetPassword(ResetPasswordTemplate),
}

/// [`GrantSecureToken`] with names that may hold wildcards.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct GrantTemplate {
    /// The granter.
    pub administrator: Templated<AccountName>,
    /// The account that is to hold a token.
    pub target: AccountChoice,
    /// Whether a standard account may be promoted for the moment.
    #[serde(default)]
    pub promote_administrator: bool,
}

/// [`CreateAccount`] with names that may hold wildcards.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CreateAccountTemplate {
    /// The new account's record name.
    pub target: Templated<AccountName>,
    /// The name that people see.
    pub full_name: Templated<FullName>,
    /// What it may do.
    #[serde(default)]
    pub role: AccountRole,
    /// Whether the login window leaves it out.
    #[serde(default)]
    pub hidden: bool,
    /// The granter, when a token is asked for.
    #[serde(default)]
    pub administrator: Option<Templated<AccountName>>,
    /// Whether a standard account may be promoted for the moment.
    #[serde(default)]
    pub promote_administrator: bool,
}

/// [`CreateServiceAccount`] with a name that may hold wildcards.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CreateServiceAccountTemplate {
    /// The granter.
    pub administrator: Templated<AccountName>,
    /// Whether a standard account may be promoted for the moment.
    #[serde(default)]
    pub promote_administrator: bool,
}

/// [`RepairServiceAccount`] with a name that may hold wildcards.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RepairServiceAccountTemplate {
    /// The account that helps.
    #[serde(default)]
    pub administrator: Option<Templated<AccountName>>,
    /// Whether a standard account may be promoted for the moment.
    #[serde(default)]
    pub promote_administrator: bool,
}

/// [`RotateRecoveryKey`] with a name that may hold wildcards.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RotateRecoveryKeyTemplate {
    /// The account that opens the disk.
    #[serde(default)]
    pub administrator: Option<Templated<AccountName>>,
}

/// [`AdoptAccount`] with a name that may hold wildcards.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AdoptAccountTemplate {
    /// The account that is taken over.
    pub target: AccountChoice,
    /// Whose it is from then on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Person>,
}

impl ActionTemplate {
    /// The action for one Mac.
    ///
    /// # Errors
    /// When a wildcard has no meaning there, or when not exactly one account is meant.
    pub fn resolve(&self, values: &Values<'_>) -> Result<Action, Unresolvable> {
        let granter = |name: &Templated<AccountName>| name.resolve(values, Field::AdministratorUsername);
        match self {
            Self::GrantSecureToken(grant) => {
                let administrator = granter(&grant.administrator)?;
                Ok(Action::GrantSecureToken(GrantSecureToken {
                    target: grant.target.resolve(values, Some(&administrator))?,
                    administrator,
                    promote_administrator: grant.promote_administrator,
                }))
            }
            Self::CreateAccount(create) => Ok(Action::CreateAccount(CreateAccount {
                administrator: create.administrator.as_ref().map(granter).transpose()?,
                target: create.target.resolve(values, Field::TargetUsername)?,
                full_name: create.full_name.resolve(values, Field::TargetFullName)?,
                role: create.role,
                hidden: create.hidden,
                promote_administrator: create.promote_administrator,
            })),
            Self::CreateServiceAccount(create) => Ok(Action::CreateServiceAccount(CreateServiceAccount {
                administrator: granter(&create.administrator)?,
                promote_administrator: create.promote_administrator,
            })),
            Self::RotateServiceAccountPassword(rotate) => {
                Ok(Action::RotateServiceAccountPassword(rotate.clone()))
            }
            Self::RepairServiceAccount(repair) => Ok(Action::RepairServiceAccount(RepairServiceAccount {
                administrator: repair.administrator.as_ref().map(granter).transpose()?,
                promote_administrator: repair.promote_administrator,
            })),
            Self::RemoveServiceAccount(remove) => Ok(Action::RemoveServiceAccount(remove.clone())),
            Self::RotateRecoveryKey(rotate) => Ok(Action::RotateRecoveryKey(RotateRecoveryKey {
                administrator: rotate.administrator.as_ref().map(granter).transpose()?,
            })),
            Self::AdoptAccount(adopt) => Ok(Action::AdoptAccount(AdoptAccount {
                target: adopt.target.resolve(values, None)?,
                person: adopt.person.clone(),
            })),
            Self::PromoteAccount(account) => Ok(Action::PromoteAccount(PromoteAccount {
                target: account.resolve(values)?,
            })),
            Self::DemoteAccount(account) => account.demote(values).map(Action::DemoteAccount),
            Self::DisableAccount(account) => account.disable(values).map(Action::DisableAccount),
            Self::UnlockAccount(account) => Ok(Action::UnlockAccount(UnlockAccount {
                target: account.resolve(values)?,
            })),
            Self::DeleteAccount(account) => account.resolve(values).map(Action::DeleteAccount),
            Self::ChangePassword(account) => Ok(Action::ChangePassword(ChangePassword {
                target: account.resolve(values)?,
            })),
            Self::ResetPassword(reset) => reset.resolve(values).map(Action::ResetPassword),
        }
    }

    /// Its kind.
    pub fn of_kind(&self) -> Kind {
        match self {
            Self::GrantSecureToken(_) => Kind::GrantSecureToken,
            Self::CreateAccount(_) => Kind::CreateAccount,
            Self::CreateServiceAccount(_) => Kind::CreateServiceAccount,
            Self::RotateServiceAccountPassword(_) => Kind::RotateServiceAccountPassword,
            Self::RepairServiceAccount(_) => Kind::RepairServiceAccount,
            Self::RemoveServiceAccount(_) => Kind::RemoveServiceAccount,
            Self::RotateRecoveryKey(_) => Kind::RotateRecoveryKey,
            Self::AdoptAccount(_) => Kind::AdoptAccount,
            Self::PromoteAccount(_) => Kind::PromoteAccount,
            Self::DemoteAccount(_) => Kind::DemoteAccount,
            Self::DisableAccount(_) => Kind::DisableAccount,
            Self::UnlockAccount(_) => Kind::UnlockAccount,
            Self::DeleteAccount(_) => Kind::DeleteAccount,
            Self::ChangePassword(_) => Kind::ChangePassword,
            Self::ResetPassword(_) => Kind::ResetPassword,
        }
    }

    /// The word of its kind, as in its JSON.
    pub fn kind(&self) -> &'static str {
        self.of_kind().word()
    }

    /// What is asked of whom, in a line, wildcards and all.
    pub fn in_words(&self) -> String {
        let administrator = self.administrator().map(Templated::as_text);
        let target = self.target();
        let target = target.as_ref().map(AccountChoice::as_text);
        self.of_kind().in_words(administrator, target.as_deref())
    }

    /// The secrets that the action needs, in the order in which people are asked for them.
    pub fn secret_roles(&self) -> &'static [SecretRole] {
        self.of_kind().secret_roles(self.administrator().is_some())
    }

    /// The account that hands a token on or helps, where the action names one.
    pub fn administrator(&self) -> Option<&Templated<AccountName>> {
        match self {
            Self::GrantSecureToken(grant) => Some(&grant.administrator),
            Self::CreateAccount(create) => create.administrator.as_ref(),
            Self::CreateServiceAccount(create) => Some(&create.administrator),
            Self::RepairServiceAccount(repair) => repair.administrator.as_ref(),
            Self::RotateRecoveryKey(rotate) => rotate.administrator.as_ref(),
            Self::ResetPassword(reset) => Some(&reset.administrator),
            Self::RotateServiceAccountPassword(_)
            | Self::RemoveServiceAccount(_)
            | Self::AdoptAccount(_)
            | Self::PromoteAccount(_)
            | Self::DemoteAccount(_)
            | Self::DisableAccount(_)
            | Self::UnlockAccount(_)
            | Self::DeleteAccount(_)
            | Self::ChangePassword(_) => None,
        }
    }

    /// The account that receives, is made or is taken over, where the action names one.
    pub fn target(&self) -> Option<AccountChoice> {
        match self {
            Self::GrantSecureToken(grant) => Some(grant.target.clone()),
            Self::CreateAccount(create) => Some(create.target.clone().into()),
            Self::AdoptAccount(adopt) => Some(adopt.target.clone()),
            Self::PromoteAccount(account) | Self::UnlockAccount(account) | Self::ChangePassword(account) => {
                Some(account.target.clone())
            }
            Self::ResetPassword(reset) => Some(reset.target.clone()),
            Self::DemoteAccount(account) | Self::DisableAccount(account) => Some(account.target.clone()),
            Self::DeleteAccount(account) => Some(account.target.clone()),
            Self::CreateServiceAccount(_)
            | Self::RotateServiceAccountPassword(_)
            | Self::RepairServiceAccount(_)
            | Self::RotateRecoveryKey(_)
            | Self::RemoveServiceAccount(_) => None,
        }
    }

    /// The Mac's name, where a person typed it to accept what the chain loses.
    pub fn confirm_device_name(&self) -> Option<&str> {
        match self {
            Self::RemoveServiceAccount(remove) => remove.confirm_device_name.as_deref(),
            Self::DemoteAccount(account) | Self::DisableAccount(account) => {
                account.confirm_device_name.as_deref()
            }
            Self::DeleteAccount(account) => account.confirm_device_name.as_deref(),
            Self::GrantSecureToken(_)
            | Self::CreateAccount(_)
            | Self::CreateServiceAccount(_)
            | Self::RotateServiceAccountPassword(_)
            | Self::RepairServiceAccount(_)
            | Self::RotateRecoveryKey(_)
            | Self::AdoptAccount(_)
            | Self::PromoteAccount(_)
            | Self::UnlockAccount(_)
            | Self::ChangePassword(_)
            | Self::ResetPassword(_) => None,
        }
    }

    /// Whether a granter that is a standard account may be promoted for the moment.
    pub fn may_promote(&self) -> bool {
        match self {
            Self::GrantSecureToken(grant) => grant.promote_administrator,
            Self::CreateAccount(create) => create.promote_administrator,
            Self::CreateServiceAccount(create) => create.promote_administrator,
            Self::RepairServiceAccount(repair) => repair.promote_administrator,
            Self::RotateServiceAccountPassword(_)
            | Self::RemoveServiceAccount(_)
            | Self::RotateRecoveryKey(_)
            | Self::AdoptAccount(_)
            | Self::PromoteAccount(_)
            | Self::DemoteAccount(_)
            | Self::DisableAccount(_)
            | Self::UnlockAccount(_)
            | Self::DeleteAccount(_)
            | Self::ChangePassword(_)
            | Self::ResetPassword(_) => false,
        }
    }

    /// The action, where it is the same for every Mac.
    pub fn literal(&self) -> Option<Action> {
        let nothing = Values {
            serial_number: "",
            device_name: "",
            record: None,
            attributes: &BTreeMap::new(),
            accounts: None,
        };
        let is_literal = self.fields_per_mac().is_empty();
        self.resolve(&nothing).ok().filter(|_| is_literal)
    }

    /// Whether `action` can be what this means on some Mac: the same but for names that hold wildcards or are chosen otherwise, and for a promotion
    /// that the organisation lets every grant have.
    pub fn allows(&self, action: &Action) -> bool {
        match (self, action) {
            (Self::GrantSecureToken(asked), Action::GrantSecureToken(grant)) => {
                asked.administrator.allows(&grant.administrator)
                    && asked.target.allows(&grant.target)
                    && asked.promote_administrator <= grant.promote_administrator
            }
            (Self::CreateAccount(asked), Action::CreateAccount(create)) => {
                allows_if_named(asked.administrator.as_ref(), create.administrator.as_ref())
                    && asked.target.allows(&create.target)
                    && asked.full_name.allows(&create.full_name)
                    && (asked.role, asked.hidden) == (create.role, create.hidden)
                    && asked.promote_administrator <= create.promote_administrator
            }
            (Self::CreateServiceAccount(asked), Action::CreateServiceAccount(create)) => {
                asked.administrator.allows(&create.administrator)
                    && asked.promote_administrator <= create.promote_administrator
            }
            (Self::RepairServiceAccount(asked), Action::RepairServiceAccount(repair)) => {
                allows_if_named(asked.administrator.as_ref(), repair.administrator.as_ref())
                    && asked.promote_administrator <= repair.promote_administrator
            }
            (Self::RotateRecoveryKey(asked), Action::RotateRecoveryKey(rotate)) => {
                allows_if_named(asked.administrator.as_ref(), rotate.administrator.as_ref())
            }
            (Self::RotateServiceAccountPassword(asked), Action::RotateServiceAccountPassword(rotate)) => {
                asked == rotate
            }
            (Self::RemoveServiceAccount(asked), Action::RemoveServiceAccount(remove)) => asked == remove,
            (Self::AdoptAccount(asked), Action::AdoptAccount(adopt)) => {
                asked.target.allows(&adopt.target) && asked.person == adopt.person
            }
            (Self::PromoteAccount(asked), Action::PromoteAccount(promote)) => {
                asked.target.allows(&promote.target)
            }
            (Self::DemoteAccount(asked), Action::DemoteAccount(demote)) => {
                asked.allows(&demote.target, demote.confirm_device_name.as_ref())
            }
            (Self::DisableAccount(asked), Action::DisableAccount(disable)) => {
                asked.allows(&disable.target, disable.confirm_device_name.as_ref())
            }
            (Self::UnlockAccount(asked), Action::UnlockAccount(unlock)) => {
                asked.target.allows(&unlock.target)
            }
            (Self::DeleteAccount(asked), Action::DeleteAccount(delete)) => asked.allows(delete),
            (Self::ChangePassword(asked), Action::ChangePassword(change)) => {
                asked.target.allows(&change.target)
            }
            (Self::ResetPassword(asked), Action::ResetPassword(reset)) => asked.allows(reset),
            (
                Self::GrantSecureToken(_)
                | Self::CreateAccount(_)
                | Self::CreateServiceAccount(_)
                | Self::RotateServiceAccountPassword(_)
                | Self::RepairServiceAccount(_)
                | Self::RotateRecoveryKey(_)
                | Self::RemoveServiceAccount(_)
                | Self::AdoptAccount(_)
                | Self::PromoteAccount(_)
                | Self::DemoteAccount(_)
                | Self::DisableAccount(_)
                | Self::UnlockAccount(_)
                | Self::DeleteAccount(_)
                | Self::ChangePassword(_)
                | Self::ResetPassword(_),
                _,
            ) => false,
        }
    }

    /// The fields that mean something else on each Mac.
    pub fn fields_per_mac(&self) -> Vec<Field> {
        let of = |field, is_template: bool| is_template.then_some(field);
        let full_name = match self {
            Self::CreateAccount(create) => Some(&create.full_name),
            _ => None,
        };
        let granter = self
            .administrator()
            .and_then(|name| of(Field::AdministratorUsername, name.is_template()));
        let full_name = full_name.and_then(|name| of(Field::TargetFullName, name.is_template()));
        let target = self.target().and_then(|target| target.field_per_mac());
        [granter, target, full_name].into_iter().flatten().collect()
    }
}

impl From<&Action> for ActionTemplate {
    /// The template that is this action on every Mac.
    fn from(action: &Action) -> Self {
        let account = |name: &AccountName| Templated::exactly(name.clone());
        match action {
            Action::GrantSecureToken(grant) => Self::GrantSecureToken(GrantTemplate {
                administrator: account(&grant.administrator),
                target: AccountChoice::exactly(&grant.target),
                promote_administrator: grant.promote_administrator,
            }),
            Action::CreateAccount(create) => Self::CreateAccount(CreateAccountTemplate {
                target: account(&create.target),
                full_name: Templated::exactly(create.full_name.clone()),
                role: create.role,
                hidden: create.hidden,
                administrator: create.administrator.as_ref().map(account),
                promote_administrator: create.promote_administrator,
            }),
            Action::CreateServiceAccount(create) => {
                Self::CreateServiceAccount(CreateServiceAccountTemplate {
                    administrator: account(&create.administrator),
                    promote_administrator: create.promote_administrator,
                })
            }
            Action::RotateServiceAccountPassword(rotate) => {
                Self::RotateServiceAccountPassword(rotate.clone())
            }
            Action::RepairServiceAccount(repair) => {
                Self::RepairServiceAccount(RepairServiceAccountTemplate {
                    administrator: repair.administrator.as_ref().map(account),
                    promote_administrator: repair.promote_administrator,
                })
            }
            Action::RemoveServiceAccount(remove) => Self::RemoveServiceAccount(remove.clone()),
            Action::RotateRecoveryKey(rotate) => Self::RotateRecoveryKey(RotateRecoveryKeyTemplate {
                administrator: rotate.administrator.as_ref().map(account),
            }),
            Action::AdoptAccount(adopt) => Self::AdoptAccount(AdoptAccountTemplate {
                target: AccountChoice::exactly(&adopt.target),
                person: adopt.person.clone(),
            }),
            Action::PromoteAccount(promote) => {
                Self::PromoteAccount(AccountTemplate::exactly(&promote.target))
            }
            Action::DemoteAccount(demote) => Self::DemoteAccount(GuardedAccountTemplate::exactly(
                &demote.target,
                demote.confirm_device_name.as_ref(),
            )),
            Action::DisableAccount(disable) => Self::DisableAccount(GuardedAccountTemplate::exactly(
                &disable.target,
                disable.confirm_device_name.as_ref(),
            )),
            Action::UnlockAccount(unlock) => Self::UnlockAccount(AccountTemplate::exactly(&unlock.target)),
            Action::DeleteAccount(delete) => Self::DeleteAccount(DeleteAccountTemplate::exactly(delete)),
            Action::ChangePassword(change) => Self::ChangePassword(AccountTemplate::exactly(&change.target)),
            Action::ResetPassword(reset) => Self::ResetPassword(ResetPasswordTemplate::exactly(reset)),
        }
    }
}

/// Whether a name that may be left out is what was asked for.
fn allows_if_named(asked: Option<&Templated<AccountName>>, named: Option<&AccountName>) -> bool {
    match (asked, named) {
        (Some(asked), Some(name)) => asked.allows(name),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}
