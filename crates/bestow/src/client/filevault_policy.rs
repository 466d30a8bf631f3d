//! What is wanted of FileVault, as the API shows it.

use serde::{Deserialize, Serialize};
use trust::filevault_policy::FileVaultPolicy;
use trust::time::Timestamp;

use super::error::ClientError;
use super::transport::{Answer, Client};

/// The policy as it stands.
#[derive(Debug, Clone, Deserialize)]
pub struct FileVaultPolicyView {
    /// What is wanted.
    #[serde(flatten)]
    pub settings: FileVaultPolicy,
    /// When that was decided last.
    #[serde(default)]
    pub changed_at: Option<Timestamp>,
}

/// What the policy is to be. What is left out stays as it is.
#[derive(Debug, Serialize)]
pub struct FileVaultPolicyOrder {
    /// Where the recovery key goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// Whether FileVault is to be turned on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turn_on: Option<bool>,
    /// How often that can be put off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bypasses: Option<i16>,
    /// Whether macOS asks at a logout, too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ask_at_logout: Option<bool>,
    /// Whether the person sees the key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub show_recovery_key: Option<bool>,
    /// Whether the Setup Assistant turns it on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_setup_assistant: Option<bool>,
    /// Whether nobody may turn it off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prevent_turning_off: Option<bool>,
    /// Whether nobody may turn it on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prevent_turning_on: Option<bool>,
    /// Whether the disk's key is forgotten in standby.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forget_key_in_standby: Option<bool>,
    /// Why, for the audit log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Client {
    /// What is wanted of FileVault.
    pub async fn filevault_policy(&self) -> Result<Answer<FileVaultPolicyView>, ClientError> {
        self.get("policies/filevault", &[]).await
    }

    /// Changes what is wanted of FileVault.
    pub async fn set_filevault_policy(
        &self,
        order: &FileVaultPolicyOrder,
    ) -> Result<Answer<FileVaultPolicyView>, ClientError> {
        self.put("policies/filevault", order).await
    }

    /// The configuration profile, as XML.
    pub async fn filevault_profile(&self) -> Result<String, ClientError> {
        self.get_text("policies/filevault/profile").await
    }
}
