//! An action whose names may hold wildcards: the same words as an [`Action`], for one Mac or for many.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{AccountRole, Action, CreateAccount, GrantSecureToken, SecretRole};
use crate::name::{AccountName, FullName};
use crate::wildcard::{Field, Templated, Unresolved, Values};

/// One typed thing that is asked, before it is known of which Mac.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ActionTemplate {
    /// See [`GrantSecureToken`].
    GrantSecureToken(GrantTemplate),
    /// See [`CreateAccount`].
    CreateAccount(CreateAccountTemplate),
}

/// [`GrantSecureToken`] with names that may hold wildcards.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct GrantTemplate {
    /// The granter.
    pub administrator: Templated<AccountName>,
    /// The account that is to hold a token.
    pub target: Templated<AccountName>,
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

impl ActionTemplate {
    /// The action for one Mac.
    pub fn resolve(&self, values: &Values<'_>) -> Result<Action, Unresolved> {
        let granter = |name: &Templated<AccountName>| name.resolve(values, Field::AdministratorUsername);
        match self {
            Self::GrantSecureToken(grant) => Ok(Action::GrantSecureToken(GrantSecureToken {
                administrator: granter(&grant.administrator)?,
                target: grant.target.resolve(values, Field::TargetUsername)?,
                promote_administrator: grant.promote_administrator,
            })),
            Self::CreateAccount(create) => Ok(Action::CreateAccount(CreateAccount {
                administrator: create.administrator.as_ref().map(granter).transpose()?,
                target: create.target.resolve(values, Field::TargetUsername)?,
                full_name: create.full_name.resolve(values, Field::TargetFullName)?,
                role: create.role,
                hidden: create.hidden,
                promote_administrator: create.promote_administrator,
            })),
        }
    }

    /// The action's word, as in its JSON.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::GrantSecureToken(_) => "grant_secure_token",
            Self::CreateAccount(_) => "create_account",
        }
    }

    /// What is asked of whom, in a line, wildcards and all.
    pub fn in_words(&self) -> String {
        match self {
            Self::GrantSecureToken(grant) => {
                let (administrator, target) = (grant.administrator.as_text(), grant.target.as_text());
                format!("{}: {administrator} → {target}", GrantSecureToken::LABEL)
            }
            Self::CreateAccount(create) => {
                let (label, target) = (CreateAccount::LABEL, create.target.as_text());
                match &create.administrator {
                    Some(administrator) => {
                        format!("{label}: {target}, with a token from {}", administrator.as_text())
                    }
                    None => format!("{label}: {target}"),
                }
            }
        }
    }

    /// The secrets that the action needs, in the order in which people are asked for them.
    pub fn secret_roles(&self) -> &'static [SecretRole] {
        match self {
            Self::CreateAccount(create) if create.administrator.is_none() => &[SecretRole::Target],
            Self::CreateAccount(_) | Self::GrantSecureToken(_) => {
                &[SecretRole::Administrator, SecretRole::Target]
            }
        }
    }

    /// The action, where it is the same for every Mac.
    pub fn literal(&self) -> Option<Action> {
        let nothing = Values {
            serial_number: "",
            device_name: "",
            record: None,
            attributes: &BTreeMap::new(),
        };
        let is_literal = self.fields_with_wildcards().is_empty();
        self.resolve(&nothing).ok().filter(|_| is_literal)
    }

    /// Whether `action` can be what this means on some Mac: the same but for names that hold wildcards, and for a promotion
    /// that the organisation lets every grant have.
    pub fn allows(&self, action: &Action) -> bool {
        match (self, action) {
            (Self::GrantSecureToken(asked), Action::GrantSecureToken(grant)) => {
                asked.administrator.allows(&grant.administrator)
                    && asked.target.allows(&grant.target)
                    && asked.promote_administrator <= grant.promote_administrator
            }
            (Self::CreateAccount(asked), Action::CreateAccount(create)) => {
                let granter = match (&asked.administrator, &create.administrator) {
                    (Some(asked), Some(name)) => asked.allows(name),
                    (None, None) => true,
                    (Some(_), None) | (None, Some(_)) => false,
                };
                granter
                    && asked.target.allows(&create.target)
                    && asked.full_name.allows(&create.full_name)
                    && (asked.role, asked.hidden) == (create.role, create.hidden)
                    && asked.promote_administrator <= create.promote_administrator
            }
            (Self::GrantSecureToken(_), Action::CreateAccount(_))
            | (Self::CreateAccount(_), Action::GrantSecureToken(_)) => false,
        }
    }

    /// The names that are not the same for every Mac.
    pub fn fields_with_wildcards(&self) -> Vec<Field> {
        let of = |field, is_template: bool| is_template.then_some(field);
        let (administrator, target, full_name) = match self {
            Self::GrantSecureToken(grant) => (Some(&grant.administrator), &grant.target, None),
            Self::CreateAccount(create) => (
                create.administrator.as_ref(),
                &create.target,
                Some(&create.full_name),
            ),
        };
        let granter = administrator.and_then(|name| of(Field::AdministratorUsername, name.is_template()));
        let full_name = full_name.and_then(|name| of(Field::TargetFullName, name.is_template()));
        let target = of(Field::TargetUsername, target.is_template());
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
                target: account(&grant.target),
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
        }
    }
}
