//! What can be escrowed.

use serde::{Deserialize, Serialize};

/// A kind of secret that the vault keeps. Each Mac has one line of versions of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EscrowKind {
    /// The personal recovery key, which opens the disk without an account.
    PersonalRecoveryKey,
    /// The bootstrap token, by which macOS makes holders of those who log in.
    BootstrapToken,
    /// The password of the Mac's local administrator.
    LocalAdministratorPassword,
}

impl EscrowKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [
        Self::PersonalRecoveryKey,
        Self::BootstrapToken,
        Self::LocalAdministratorPassword,
    ];

    /// The kind's word, as in its JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::PersonalRecoveryKey => "personal_recovery_key",
            Self::BootstrapToken => "bootstrap_token",
            Self::LocalAdministratorPassword => "local_administrator_password",
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::PersonalRecoveryKey => "Recovery key",
            Self::BootstrapToken => "Bootstrap token",
            Self::LocalAdministratorPassword => "Local administrator's password",
        }
    }

    /// The kind of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}
