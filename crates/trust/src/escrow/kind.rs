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
    /// The password that a Mac with Apple silicon asks for before it starts into recoveryOS.
    RecoveryLock,
    /// The firmware password of a Mac with an Intel processor.
    FirmwarePassword,
}

impl EscrowKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::PersonalRecoveryKey,
        Self::BootstrapToken,
        Self::LocalAdministratorPassword,
        Self::RecoveryLock,
        Self::FirmwarePassword,
    ];

    /// The kind's word, as in its JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::PersonalRecoveryKey => "personal_recovery_key",
            Self::BootstrapToken => "bootstrap_token",
            Self::LocalAdministratorPassword => "local_administrator_password",
            Self::RecoveryLock => "recovery_lock",
            Self::FirmwarePassword => "firmware_password",
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::PersonalRecoveryKey => "Recovery key",
            Self::BootstrapToken => "Bootstrap token",
            Self::LocalAdministratorPassword => "Local administrator's password",
            Self::RecoveryLock => "Recovery Lock password",
            Self::FirmwarePassword => "Firmware password",
        }
    }

    /// Whether people enter it: the vault keeps it for them, and no agent brings it, tries it on the Mac or replaces it.
    pub fn is_entered(self) -> bool {
        match self {
            Self::RecoveryLock | Self::FirmwarePassword => true,
            Self::PersonalRecoveryKey | Self::BootstrapToken | Self::LocalAdministratorPassword => false,
        }
    }

    /// Whether it is sealed to the organisation's offline key, where there is one. The digest by which such a version is known again
    /// is safe for what macOS draws by chance, and for nothing that people choose.
    pub fn is_sealed_offline(self) -> bool {
        self == Self::PersonalRecoveryKey
    }

    /// The kind of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}
