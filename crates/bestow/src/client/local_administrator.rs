//! The local administrators of Macs, as the API shows them.

use serde::{Deserialize, Serialize};
use trust::id::DeviceId;
use trust::local_administrator::{Alphabet, Settings};
use trust::time::Timestamp;

use super::action::EvidenceView;
use super::error::ClientError;
use super::escrow::{EscrowView, RevealOrder, RevealView};
use super::transport::{Answer, Client};

/// The local administrator of a Mac, without its password.
#[derive(Debug, Clone, Deserialize)]
pub struct LocalAdministratorView {
    /// What is kept of its password.
    pub password: EscrowView,
    /// What the agent could not do when it tried last; `None` where nothing failed, or a later try succeeded.
    #[serde(default)]
    pub failure: Option<LocalAdministratorFailure>,
    /// What the agent does next or waits for, in a sentence.
    #[serde(default)]
    pub outlook: Option<String>,
}

/// What an agent could not do for its local administrator.
#[derive(Debug, Clone, Deserialize)]
pub struct LocalAdministratorFailure {
    /// How it ended.
    pub code: String,
    /// The code in a line.
    pub code_title: String,
    /// The account that it was about.
    #[serde(default)]
    pub account: Option<String>,
    /// What was seen on the way.
    #[serde(default)]
    pub evidence: Vec<EvidenceView>,
    /// When it was over.
    pub at: Timestamp,
    /// Why that comes about.
    #[serde(default)]
    pub cause: String,
    /// What to do next.
    #[serde(default)]
    pub next_step: String,
    /// What Bestow does about it.
    #[serde(default)]
    pub bestow: String,
}

/// The policy "local administrator".
#[derive(Debug, Clone, Deserialize)]
pub struct LocalAdministratorPolicyView {
    /// What they are to be like; `None` where none is wanted.
    #[serde(default)]
    pub settings: Option<Settings>,
}

/// What the policy is to be. What is left out stays as it is.
#[derive(Debug, Serialize)]
pub struct LocalAdministratorOrder<'a> {
    /// Whether each Mac has one.
    pub wanted: bool,
    /// The account's record name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<&'a str>,
    /// The name that people see.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub full_name: Option<&'a str>,
    /// Whether the login window leaves it out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hidden: Option<bool>,
    /// How many characters a password has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length: Option<u8>,
    /// What a password is made of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alphabet: Option<Alphabet>,
    /// After how many days it gets another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotate_every_days: Option<u16>,
    /// Why, for the audit log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'a str>,
}

/// Why something is asked.
#[derive(Debug, Serialize)]
struct ReasonOrder<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

impl Client {
    /// The local administrator of a device.
    pub async fn local_administrator(
        &self,
        id: DeviceId,
    ) -> Result<Answer<LocalAdministratorView>, ClientError> {
        self.get(&format!("devices/{id}/local-administrator"), &[]).await
    }

    /// Has a password shown, once.
    pub async fn reveal_local_administrator(
        &self,
        id: DeviceId,
        version: Option<u32>,
        reason: &str,
    ) -> Result<Answer<RevealView>, ClientError> {
        let path = format!("devices/{id}/local-administrator/reveal");
        self.post(&path, &RevealOrder { reason, version }, None).await
    }

    /// Asks for another password.
    pub async fn replace_local_administrator_password(
        &self,
        id: DeviceId,
        reason: Option<&str>,
    ) -> Result<Answer<LocalAdministratorView>, ClientError> {
        let path = format!("devices/{id}/local-administrator/replace");
        self.post(&path, &ReasonOrder { reason }, None).await
    }

    /// What the local administrators are to be like.
    pub async fn local_administrator_policy(
        &self,
    ) -> Result<Answer<LocalAdministratorPolicyView>, ClientError> {
        self.get("policies/local-administrator", &[]).await
    }

    /// Decides what they are to be like.
    pub async fn set_local_administrator_policy(
        &self,
        order: &LocalAdministratorOrder<'_>,
    ) -> Result<Answer<LocalAdministratorPolicyView>, ClientError> {
        self.put("policies/local-administrator", order).await
    }
}
