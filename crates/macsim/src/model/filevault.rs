//! FileVault's own state, beside the keys.

use serde::{Deserialize, Serialize};

/// How far FileVault is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Progress {
    /// Off.
    #[default]
    Off,
    /// On and done.
    On,
    /// On, still encrypting; percent done.
    Encrypting(u8),
    /// Being turned off; percent done.
    Decrypting(u8),
    /// CoreStorage: begins with the next restart.
    PendingRestart,
}

/// A deferred enablement that waits for a log-in or log-out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deferral {
    /// The account it waits for; `None` waits for whoever comes.
    pub user: Option<String>,
    /// Where the recovery key will be written.
    pub output_path: String,
    /// The profile that asked for it.
    pub profile_uuid: Option<String>,
}

/// FileVault of the start-up volume.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileVault {
    /// How far it is.
    pub progress: Progress,
    /// A waiting enablement.
    pub deferral: Option<Deferral>,
    /// An institutional key's keychain is installed.
    pub master_keychain: bool,
    /// The Mac was started with the recovery key.
    pub unlocked_with_recovery_key: bool,
    /// What stands in `/var/db/FileVaultPRK.dat`, in base64: the newest key that macOS has encrypted for an escrow profile. `None`
    /// where there is no such file.
    #[serde(default)]
    pub escrowed_key: Option<String>,
}

impl FileVault {
    /// True while `fdesetup status` says it is on.
    #[must_use]
    pub fn is_on(&self) -> bool {
        matches!(
            self.progress,
            Progress::On | Progress::Encrypting(_) | Progress::Decrypting(_)
        )
    }
}
