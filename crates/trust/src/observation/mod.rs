//! What an agent saw on its Mac.

mod account;
mod device;
mod disk;
mod local_administrator;
mod login_plugin;
mod security;
mod service_account;

pub use account::{Account, AccountKind, ProofResult, TokenLabel, TokenProof};
pub use device::{BootstrapToken, Chip, Hardware, MdmEnrolment, System};
pub use disk::{BootVolume, CryptoUser, CryptoUserKind, FileVault, VolumeFormat};
pub use local_administrator::LocalAdministratorAccount;
pub use login_plugin::LoginPlugin;
pub use security::{BootstrapTokenAllowance, SecureBoot, Security, SystemIntegrity};
pub use service_account::{
    CreationAttempt, PasswordAnswer, PasswordOutlook, PasswordProof, PolicyOutlook, ServiceAccount,
    StoredPasswords,
};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::fact::Fact;
use crate::time::Timestamp;

/// Everything that an agent saw in one look at its Mac.
///
/// Each fact carries when and how it was seen. Two looks at an unchanged Mac have the same [`digest`](Self::digest), so
/// the second need not be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Observation {
    /// Version and build of macOS.
    pub system: Fact<System>,
    /// What the machine is.
    pub hardware: Fact<Hardware>,
    /// The volume that macOS starts from.
    pub boot_volume: Fact<BootVolume>,
    /// Whether the disk is encrypted.
    pub filevault: Fact<FileVault>,
    /// Local accounts of people and administrators, the service account included, Apple's own left out. Sorted by
    /// record name.
    pub accounts: Fact<Vec<Account>>,
    /// Who holds a key to the boot volume. Sorted by UUID.
    pub crypto_users: Fact<Vec<CryptoUser>>,
    /// GUIDs that FileVault lists, upper case, sorted. macOS lists none while FileVault is off.
    pub filevault_users: Fact<Vec<String>>,
    /// Whether and how an MDM manages the Mac.
    pub mdm: Fact<MdmEnrolment>,
    /// The bootstrap token, as the Mac tells it.
    pub bootstrap_token: Fact<BootstrapToken>,
    /// What guards its start, and what can open its disk when no person can. Left out where the agent does not look for
    /// it, so that the observation of an older agent keeps its digest.
    #[serde(default, skip_serializing_if = "Security::is_untold")]
    pub security: Security,
    /// Record name of the person at the screen; `None` at the login window.
    pub console_user: Fact<Option<String>>,
    /// When macOS was started, to the second; the same until the next restart.
    pub booted_at: Fact<Timestamp>,
    /// Whether macOS lets the agent ask the disk about passwords. Without it nothing can be proved.
    pub full_disk_access: Fact<bool>,
    /// Accounts that the agent made administrators for the moment of a grant and has not proved to be standard again.
    /// Record names, sorted.
    pub promoted_in_passing: Vec<String>,
    /// Whether the agent is told of logins at the screen. The agent has put right what it could before this look.
    #[serde(default = "Observation::not_looked_for")]
    pub login_plugin: Fact<LoginPlugin>,
    /// What the agent knows of its service account. Left out where it does not look for it, so that the observation of an
    /// older agent keeps its digest.
    #[serde(
        default = "Observation::not_looked_for",
        skip_serializing_if = "Observation::was_not_looked_for"
    )]
    pub service_account: Fact<ServiceAccount>,
    /// The account that the agent made as the local administrator. Left out where it made none, so that the observation of an older
    /// agent keeps its digest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub local_administrator: Option<LocalAdministratorAccount>,
}

impl Observation {
    /// Fingerprint of what was seen, the times left out: SHA-256 of the undated JSON, in lower-case hexadecimal.
    pub fn digest(&self) -> String {
        let undated = self.clone().undated();
        let json = serde_json::to_vec(&undated).unwrap_or_default();
        Sha256::digest(&json)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// Whether this macOS on this volume knows Secure Tokens; `None` when the Mac did not tell enough.
    pub fn knows_secure_token(&self) -> Option<bool> {
        let os = self
            .system
            .value()
            .map(|system| system.version.knows_secure_token());
        let volume = self
            .boot_volume
            .value()
            .map(|volume| volume.format == VolumeFormat::Apfs);
        match (os, volume) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        }
    }

    /// A fact that a look did not ask for.
    pub fn not_looked_for<T>() -> Fact<T> {
        Fact::unknown("the agent did not look for it", Timestamp(0), "")
    }

    fn was_not_looked_for<T: PartialEq>(fact: &Fact<T>) -> bool {
        *fact == Self::not_looked_for()
    }

    /// The account of this record name, when accounts were seen and it is among them.
    pub fn account(&self, record_name: &str) -> Option<&Account> {
        self.accounts
            .value()?
            .iter()
            .find(|account| account.record_name == record_name)
    }

    /// Whether the account owns the volume, as Apple silicon knows it; `None` when the disk did not tell. Recovery keys can own it
    /// too, so it is looked up under the account's own GUID.
    pub fn owns_volume(&self, account: &Account) -> Option<bool> {
        let mut users = self.crypto_users.value()?.iter();
        users
            .find(|user| user.uuid.eq_ignore_ascii_case(&account.guid))
            .map_or(Some(false), |user| user.volume_owner)
    }

    fn undated(self) -> Self {
        Self {
            system: self.system.undated(),
            hardware: self.hardware.undated(),
            boot_volume: self.boot_volume.undated(),
            filevault: self.filevault.undated(),
            accounts: match self.accounts.undated() {
                Fact::Known { value, at, by } => Fact::Known {
                    value: value.into_iter().map(Account::undated).collect(),
                    at,
                    by,
                },
                unknown @ Fact::Unknown { .. } => unknown,
            },
            crypto_users: self.crypto_users.undated(),
            filevault_users: self.filevault_users.undated(),
            mdm: self.mdm.undated(),
            bootstrap_token: self.bootstrap_token.undated(),
            security: self.security.undated(),
            console_user: self.console_user.undated(),
            booted_at: self.booted_at.undated(),
            full_disk_access: self.full_disk_access.undated(),
            promoted_in_passing: self.promoted_in_passing,
            login_plugin: self.login_plugin.undated(),
            service_account: self.service_account.undated(),
            local_administrator: self.local_administrator,
        }
    }
}
