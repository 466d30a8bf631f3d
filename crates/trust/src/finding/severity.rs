//! How bad a finding is.

use serde::{Deserialize, Serialize};

use crate::code::Code;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Something does not work, and gets worse by itself.
    Critical,
    /// Something does not work for somebody.
    Problem,
    /// All works; something could be better.
    Advice,
    /// Nothing is wrong; something is to be known. It counts for nothing.
    Info,
}

impl Severity {
    /// Every severity, the worst first.
    pub const ALL: [Self; 4] = [Self::Critical, Self::Problem, Self::Advice, Self::Info];

    /// The severity's word, as in its JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Critical => "critical",
            Self::Problem => "problem",
            Self::Advice => "advice",
            Self::Info => "info",
        }
    }

    /// The severity of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.word() == word)
    }

    /// How bad it is when a diagnosis finds what this code tells; `None` for a code that no diagnosis finds.
    pub fn of(code: Code) -> Option<Self> {
        match code {
            Code::ChainBroken | Code::NoGranter | Code::DemotionUnproved | Code::LoginPluginUnfit => {
                Some(Self::Critical)
            }
            Code::TokenUnusable
            | Code::MissingFromStartUpScreen
            | Code::AutomatedAdminWithoutToken
            | Code::UpdatesUnauthorised
            | Code::PrimaryUserWithoutToken
            | Code::FullDiskAccessMissing
            | Code::LoginPluginNotRegistered
            | Code::OsTooOld
            | Code::VolumeNotApfs
            | Code::AccountLockedOut
            | Code::ServiceAccountMissing
            | Code::ServiceAccountNoToken
            | Code::ServiceAccountCannotGrant
            | Code::ServiceAccountPasswordLost
            | Code::ServiceAccountLocalPassword
            | Code::ServiceAccountDiskPassword
            | Code::ServiceAccountPolicyConflict
            | Code::ServiceAccountExpiresSoon
            | Code::RecoveryKeyUnknown
            | Code::RecoveryKeyNotProved
            | Code::RecoveryKeyOverdue => Some(Self::Problem),
            // Of a key that the vault never had, somebody else may take care.
            Code::OnlyOneHolder | Code::RecoveryKeyNeverKept => Some(Self::Advice),
            Code::ServiceAccountAwaitsLogin => Some(Self::Info),
            _ => None,
        }
    }

    /// Whether a Mac on which this was found needs attention. Advice can wait for ever; a first login is waited for, but
    /// not for longer than a new Mac is left in peace.
    pub fn needs_attention(code: Code) -> bool {
        match Self::of(code) {
            Some(Self::Critical | Self::Problem) => true,
            Some(Self::Advice) | None => false,
            Some(Self::Info) => code == Code::ServiceAccountAwaitsLogin,
        }
    }
}
