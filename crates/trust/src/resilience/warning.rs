//! What hangs by a thread on a Mac.

use serde::Serialize;

/// Something that hangs by a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// Nobody can hand a token on.
    NobodyCanGrant,
    /// Only one account can.
    OneHolder,
    /// None of those who can has been proved.
    NoProvedHolder,
    /// There is no service account that could.
    NoServiceAccount,
    /// The vault holds no recovery key of this Mac.
    NoRecoveryKey,
    /// The recovery key has not been proved to open the disk for too long.
    RecoveryKeyNotProved,
}

impl Warning {
    /// Each, the gravest first.
    pub const ALL: [Self; 6] = [
        Self::NobodyCanGrant,
        Self::OneHolder,
        Self::NoProvedHolder,
        Self::NoServiceAccount,
        Self::NoRecoveryKey,
        Self::RecoveryKeyNotProved,
    ];

    /// The warning's word, as in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::NobodyCanGrant => "nobody_can_grant",
            Self::OneHolder => "one_holder",
            Self::NoProvedHolder => "no_proved_holder",
            Self::NoServiceAccount => "no_service_account",
            Self::NoRecoveryKey => "no_recovery_key",
            Self::RecoveryKeyNotProved => "recovery_key_not_proved",
        }
    }

    /// The warning of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|warning| warning.word() == word)
    }

    /// The warning for people.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::NobodyCanGrant => "Nobody on this Mac can hand a token on.",
            Self::OneHolder => {
                "One account alone can hand a token on. Grant a token to a second administrator."
            }
            Self::NoProvedHolder => {
                "No account that holds a token has been proved: macOS says ENABLED, and no password was tried."
            }
            Self::NoServiceAccount => "No valid service account stands ready to hand a token on.",
            Self::NoRecoveryKey => "The vault holds no recovery key of this Mac.",
            Self::RecoveryKeyNotProved => {
                "Nobody knows whether the kept recovery key still opens the disk: it was not proved in the last 90 days."
            }
        }
    }

    /// The warning for people who look at many Macs.
    pub fn of_many(self) -> &'static str {
        match self {
            Self::NobodyCanGrant => "Nobody can hand a token on.",
            Self::OneHolder => "One account alone can hand a token on.",
            Self::NoProvedHolder => "No account that holds a token has been proved.",
            Self::NoServiceAccount => "No valid service account stands ready.",
            Self::NoRecoveryKey => "The vault holds no recovery key.",
            Self::RecoveryKeyNotProved => "The kept recovery key was not proved in the last 90 days.",
        }
    }
}
