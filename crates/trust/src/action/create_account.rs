//! Create User Account: a new local account, with a token if an administrator's credentials are given.

use serde::{Deserialize, Serialize};

use super::GrantSecureToken;
use crate::name::{AccountName, FullName};

/// Make the local account `target`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreateAccount {
    /// The new account's record name.
    pub target: AccountName,
    /// The name that people see.
    pub full_name: FullName,
    /// What it may do.
    #[serde(default)]
    pub role: AccountRole,
    /// Whether the login window leaves it out. The start-up screen never does.
    #[serde(default)]
    pub hidden: bool,
    /// The granter: an administrator who holds a token. Without one the account is made, and no token asked for.
    #[serde(default)]
    pub administrator: Option<AccountName>,
    /// Whether a granter that is a standard account may be made an administrator for the moment of the grant.
    #[serde(default)]
    pub promote_administrator: bool,
}

impl CreateAccount {
    /// What people call this action.
    pub const LABEL: &str = "Create User Account";

    /// The grant that follows the making, when one was asked for.
    pub fn grant(&self) -> Option<GrantSecureToken> {
        Some(GrantSecureToken {
            administrator: self.administrator.clone()?,
            target: self.target.clone(),
            promote_administrator: self.promote_administrator,
        })
    }
}

/// What an account may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AccountRole {
    /// A standard account.
    #[default]
    Standard,
    /// A member of the admin group.
    Administrator,
}

impl AccountRole {
    /// Both roles.
    pub const ALL: [Self; 2] = [Self::Standard, Self::Administrator];

    /// The role's word, as in its JSON.
    pub fn word(self) -> &'static str {
        crate::words::role(self == Self::Administrator)
    }

    /// The role of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}
