//! What the vault keeps of Macs, as the API shows it.

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use trust::id::DeviceId;
use trust::time::Timestamp;
use wire::offline::Export;

use super::error::ClientError;
use super::transport::{Answer, Client};

/// What is kept of a Mac's recovery key, without the keys.
#[derive(Debug, Clone, Deserialize)]
pub struct EscrowView {
    /// What is known of the one that the Mac has now, in a sentence.
    pub summary: String,
    /// The version that is the Mac's, as far as is known.
    #[serde(default)]
    pub version: Option<u32>,
    /// When that one was last proved to open the disk.
    #[serde(default)]
    pub proved_at: Option<Timestamp>,
    /// From when on the Mac is to have another one.
    #[serde(default)]
    pub rotate_after: Option<Timestamp>,
    /// Every version, newest first.
    #[serde(default)]
    pub versions: Vec<EscrowVersionView>,
}

/// One version.
#[derive(Debug, Clone, Deserialize)]
pub struct EscrowVersionView {
    /// Its number.
    pub version: u32,
    /// Where it came from.
    #[serde(default)]
    pub origin_label: String,
    /// When it was escrowed.
    pub escrowed_at: Timestamp,
    /// When it was last proved to open the disk.
    #[serde(default)]
    pub proved_at: Option<Timestamp>,
    /// What ended it; `None` for the current one.
    #[serde(default)]
    pub ended_label: Option<String>,
    /// When it was shown, and to whom.
    #[serde(default)]
    pub revealed: Vec<RevealedView>,
}

/// That a version was shown.
#[derive(Debug, Clone, Deserialize)]
pub struct RevealedView {
    /// When.
    pub at: Timestamp,
    /// To whom.
    pub by: String,
}

/// A kept secret, shown once.
#[derive(Debug, Deserialize)]
pub struct RevealView {
    /// What it is: the word of an `EscrowKind`, which may be newer than this program.
    pub kind: String,
    /// The version.
    pub version: u32,
    /// The secret.
    pub secret: SecretString,
    /// When it was last proved on the Mac, when it is the current one.
    #[serde(default)]
    pub proved_at: Option<Timestamp>,
    /// From when on the Mac is to have another one.
    #[serde(default)]
    pub rotate_after: Option<Timestamp>,
}

/// How often Macs get another recovery key.
#[derive(Debug, Clone, Deserialize)]
pub struct RecoveryKeyPolicyView {
    /// After how many days; 0 for never.
    pub rotate_every_days: u16,
}

#[derive(Debug, Serialize)]
struct RecoveryKeyPolicyOrder<'a> {
    rotate_every_days: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

/// Why somebody is to see a kept secret.
#[derive(Debug, Serialize)]
pub(super) struct RevealOrder<'a> {
    pub reason: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
}

impl Client {
    /// What is kept of the recovery key of a device.
    pub async fn recovery_key(&self, id: DeviceId) -> Result<Answer<EscrowView>, ClientError> {
        self.get(&format!("devices/{id}/recovery-key"), &[]).await
    }

    /// Has a recovery key handed out that is sealed to the offline key.
    pub async fn sealed_recovery_key(
        &self,
        id: DeviceId,
        version: Option<u32>,
        reason: &str,
    ) -> Result<Answer<Export>, ClientError> {
        let path = format!("devices/{id}/recovery-key/sealed");
        self.post(&path, &RevealOrder { reason, version }, None).await
    }

    /// Has a recovery key shown, once.
    pub async fn reveal_recovery_key(
        &self,
        id: DeviceId,
        version: Option<u32>,
        reason: &str,
    ) -> Result<Answer<RevealView>, ClientError> {
        let path = format!("devices/{id}/recovery-key/reveal");
        self.post(&path, &RevealOrder { reason, version }, None).await
    }

    /// How often Macs get another recovery key.
    pub async fn recovery_key_policy(&self) -> Result<Answer<RecoveryKeyPolicyView>, ClientError> {
        self.get("policies/recovery-key", &[]).await
    }

    /// Decides how often Macs get another recovery key.
    pub async fn set_recovery_key_policy(
        &self,
        days: u16,
        reason: Option<&str>,
    ) -> Result<Answer<RecoveryKeyPolicyView>, ClientError> {
        let order = RecoveryKeyPolicyOrder {
            rotate_every_days: days,
            reason,
        };
        self.put("policies/recovery-key", &order).await
    }
}
