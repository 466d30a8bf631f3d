//! The closed set of things that may be asked of a device. None of them holds a secret: passwords travel beside an
//! action, sealed to the device, each under the [`SecretRole`] that it plays.

mod create_account;
mod grant;
mod template;

pub use create_account::{AccountRole, CreateAccount};
pub use grant::GrantSecureToken;
pub use template::{ActionTemplate, CreateAccountTemplate, GrantTemplate};

use serde::{Deserialize, Serialize};

/// One typed thing an administrator or the server asks of a device.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Action {
    /// Hand a Secure Token from one account to another.
    GrantSecureToken(GrantSecureToken),
    /// Make a local account, and hand it a token if asked.
    CreateAccount(CreateAccount),
}

impl Action {
    /// The action's word, as in its JSON.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::GrantSecureToken(_) => "grant_secure_token",
            Self::CreateAccount(_) => "create_account",
        }
    }

    /// What people call it.
    pub fn label(&self) -> &'static str {
        match self {
            Self::GrantSecureToken(_) => GrantSecureToken::LABEL,
            Self::CreateAccount(_) => CreateAccount::LABEL,
        }
    }

    /// What is asked of whom, in a line.
    pub fn in_words(&self) -> String {
        let label = self.label();
        match self {
            Self::GrantSecureToken(grant) => {
                format!("{label}: {} → {}", grant.administrator, grant.target)
            }
            Self::CreateAccount(create) => match &create.administrator {
                Some(administrator) => {
                    format!("{label}: {}, with a token from {administrator}", create.target)
                }
                None => format!("{label}: {}", create.target),
            },
        }
    }

    /// The grant that is this action or a part of it.
    pub fn grant(&self) -> Option<GrantSecureToken> {
        match self {
            Self::GrantSecureToken(grant) => Some(grant.clone()),
            Self::CreateAccount(create) => create.grant(),
        }
    }

    /// Lets a granter that is a standard account be an administrator for the moment of the grant.
    pub fn allow_promotion(&mut self) {
        match self {
            Self::GrantSecureToken(grant) => grant.promote_administrator = true,
            Self::CreateAccount(create) => create.promote_administrator = create.administrator.is_some(),
        }
    }

    /// The secrets that this action needs, in the order in which people are asked for them.
    pub fn secret_roles(&self) -> &'static [SecretRole] {
        match self {
            Self::GrantSecureToken(_) => &[SecretRole::Administrator, SecretRole::Target],
            Self::CreateAccount(create) if create.administrator.is_some() => {
                &[SecretRole::Administrator, SecretRole::Target]
            }
            Self::CreateAccount(_) => &[SecretRole::Target],
        }
    }
}

/// The part that a secret plays in an action. It is bound into the seal, so that one part's secret cannot play another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SecretRole {
    /// The password of the account that hands the token on.
    Administrator,
    /// The password of the account that receives it, or of the account that is made.
    Target,
}

impl SecretRole {
    /// Every role.
    pub const ALL: [Self; 2] = [Self::Administrator, Self::Target];

    /// The role's word, as in its JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Target => "target",
        }
    }

    /// The role of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// Where an action stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ActionState {
    /// Accepted and stored.
    Queued,
    /// Shown to the device's agent.
    Offered,
    /// The agent has begun.
    Running,
    /// Done, and proved by reading the Mac back.
    Succeeded,
    /// Tried, and it did not come about.
    Failed,
    /// The agent declined before it touched anything.
    Refused,
    /// Its time ran out before an agent began.
    Expired,
    /// Called back before an agent began.
    Cancelled,
}

impl ActionState {
    /// Every state.
    pub const ALL: [Self; 8] = [
        Self::Queued,
        Self::Offered,
        Self::Running,
        Self::Succeeded,
        Self::Failed,
        Self::Refused,
        Self::Expired,
        Self::Cancelled,
    ];

    /// Whether nothing will happen to it any more.
    pub fn is_final(self) -> bool {
        !matches!(self, Self::Queued | Self::Offered | Self::Running)
    }

    /// Whether an agent may still begin it, so that it can also still be cancelled or expire.
    pub fn is_waiting(self) -> bool {
        matches!(self, Self::Queued | Self::Offered)
    }

    /// The state's word, as in its JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Offered => "offered",
            Self::Running => "running",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Refused => "refused",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}
