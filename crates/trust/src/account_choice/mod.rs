//! Which account of a Mac is meant: by its record name, by any of its names, by its user id, or by its role.
//!
//! Whatever the choice, it comes down to the record name of exactly one account before anything is planned or sealed. What
//! an agent is sent names that account; it never chooses.

mod resolve;

pub use resolve::{NotOne, Unresolvable, WhyNotOne};

use std::borrow::Cow;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::action::AccountRole;
use crate::name::AccountName;
use crate::wildcard::{Field, NotTemplated, Templated};

/// The one account that is meant.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum AccountChoice {
    /// The account of this record name.
    Named(Templated<AccountName>),
    /// The account that has this among its names: a record can have further ones beside its record name.
    Alias {
        /// The name.
        alias: Templated<AccountName>,
    },
    /// The account of this user id.
    Uid {
        /// The id.
        uid: i64,
    },
    /// The only account of this role: see [`AccountChoice::spares`] for those that no role ever means.
    Role {
        /// The role.
        role: AccountRole,
    },
}

impl AccountChoice {
    /// The same account on every Mac, by its record name.
    pub fn exactly(name: &AccountName) -> Self {
        Self::Named(Templated::exactly(name.clone()))
    }

    /// The choice in a few words, that read on from a label: `ada`, `user id 502`.
    pub fn as_text(&self) -> Cow<'_, str> {
        match self {
            Self::Named(name) => Cow::Borrowed(name.as_text()),
            Self::Alias { alias } => Cow::Owned(format!("whoever is also called {}", alias.as_text())),
            Self::Uid { uid } => Cow::Owned(format!("user id {uid}")),
            Self::Role { role } => Cow::Owned(format!("the only {} account", role.word())),
        }
    }

    /// The field that makes an account another one on each Mac; `None` where it is called the same everywhere.
    pub fn field_per_mac(&self) -> Option<Field> {
        match self {
            Self::Named(name) => name.is_template().then_some(Field::TargetUsername),
            Self::Alias { .. } => Some(Field::TargetAlias),
            Self::Uid { .. } => Some(Field::TargetUid),
            Self::Role { .. } => Some(Field::TargetRole),
        }
    }

    /// Whether the accounts that were seen on a Mac tell which one is meant.
    pub fn asks_the_mac(&self) -> bool {
        !matches!(self, Self::Named(_))
    }

    /// Whether `name` can be the account that is meant on some Mac.
    pub fn allows(&self, name: &AccountName) -> bool {
        match self {
            Self::Named(own) => own.allows(name),
            Self::Alias { .. } | Self::Uid { .. } => true,
            Self::Role { .. } => !Self::spares(name.as_str()),
        }
    }

    /// Whether no role ever means the account of this record name: those of macOS itself, and the service account.
    pub fn spares(record_name: &str) -> bool {
        record_name.starts_with('_') || record_name == "root"
    }
}

impl From<Templated<AccountName>> for AccountChoice {
    fn from(name: Templated<AccountName>) -> Self {
        Self::Named(name)
    }
}

impl FromStr for AccountChoice {
    type Err = NotTemplated<<AccountName as FromStr>::Err>;

    /// A record name, or a template for one.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self::Named)
    }
}
