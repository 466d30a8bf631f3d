//! The token state of one account: what can be said of it, from what was seen.

use serde::{Deserialize, Serialize};

use crate::fact::Fact;
use crate::observation::{Account, CryptoUser, Observation, ProofResult, TokenLabel};
use crate::time::Timestamp;

/// What an account's Secure Token is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum TokenState {
    /// It has none.
    Absent,
    /// macOS says ENABLED and the disk lists its crypto user; nothing has been proved.
    Unverified,
    /// Its password opened Open Directory and the disk.
    Usable {
        /// When that was proved.
        proved_at: Timestamp,
    },
    /// macOS says ENABLED, but the disk refuses its password or does not list it.
    Unusable {
        /// When the disk refused; `None` when the disk does not list the account at all.
        refused_at: Option<Timestamp>,
    },
    /// The Mac gave no answer that can be relied on.
    Unknown,
}

impl TokenState {
    /// Whether the account counts as a holder. Only what is usable or at least not disproved does.
    pub fn holds(self) -> bool {
        matches!(self, Self::Usable { .. } | Self::Unverified)
    }

    /// Whether the account is a proved holder.
    pub fn is_proved(self) -> bool {
        matches!(self, Self::Usable { .. })
    }

    /// The state's word, as it stands in JSON and in the console.
    pub fn word(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Unverified => "unverified",
            Self::Usable { .. } => "usable",
            Self::Unusable { .. } => "unusable",
            Self::Unknown => "unknown",
        }
    }
}

/// The token state of `account` on the Mac that `observation` saw.
pub fn token_state(account: &Account, observation: &Observation) -> TokenState {
    match account.token_label.value() {
        None => TokenState::Unknown,
        Some(TokenLabel::Disabled) => TokenState::Absent,
        Some(TokenLabel::Enabled) => enabled_token_state(account, &observation.crypto_users),
    }
}

fn enabled_token_state(account: &Account, crypto_users: &Fact<Vec<CryptoUser>>) -> TokenState {
    let Some(crypto_users) = crypto_users.value() else {
        return TokenState::Unknown;
    };
    if !crypto_users
        .iter()
        .any(|user| user.uuid.eq_ignore_ascii_case(&account.guid))
    {
        return TokenState::Unusable { refused_at: None };
    }
    match account.token_proof {
        Some(proof) if proof.password_set_at == account.password_set_at => match proof.result {
            ProofResult::Usable => TokenState::Usable { proved_at: proof.at },
            ProofResult::DiskRefused => TokenState::Unusable {
                refused_at: Some(proof.at),
            },
        },
        _ => TokenState::Unverified,
    }
}
