//! Which account is meant, as the API takes it.

use serde::Serialize;
use trust::account_choice::AccountChoice;
use trust::action::AccountRole;
use trust::name::AccountName;
use trust::wildcard::Templated;

/// An account, as one field beside the others of its object.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountOrder {
    /// Its record name; may hold wildcards.
    Username(String),
    /// Any of its names; may hold wildcards.
    Alias(String),
    /// Its user id.
    Uid(i64),
    /// The role that it is the only one of.
    WithRole(AccountRole),
}

impl From<&Templated<AccountName>> for AccountOrder {
    fn from(name: &Templated<AccountName>) -> Self {
        Self::Username(name.as_text().to_owned())
    }
}

impl From<&AccountChoice> for AccountOrder {
    fn from(choice: &AccountChoice) -> Self {
        match choice {
            AccountChoice::Named(name) => name.into(),
            AccountChoice::Alias { alias } => Self::Alias(alias.as_text().to_owned()),
            AccountChoice::Uid { uid } => Self::Uid(*uid),
            AccountChoice::Role { role } => Self::WithRole(*role),
        }
    }
}
