//! Service accounts, as the API shows them.

use serde::{Deserialize, Serialize};
use trust::capability::Ability;
use trust::id::DeviceId;
use trust::service_account::policy_conflict::{Choice, ObstructingRule, Workaround};
use trust::time::Timestamp;

use super::error::ClientError;
use super::transport::{Answer, Client};

/// The service account of a device.
#[derive(Debug, Clone, Deserialize)]
pub struct ServiceAccountView {
    /// What people call its status.
    pub label: String,
    /// Why it is invalid.
    #[serde(default)]
    pub reasons: Vec<ReasonView>,
    /// What was not told, or why none is wanted.
    #[serde(default)]
    pub why: Option<String>,
    /// When it was last proved to be valid.
    #[serde(default)]
    pub proved_at: Option<Timestamp>,
    /// Whether an invalid one can be had back without a visit.
    #[serde(default)]
    pub easily_recovered: bool,
    /// What follows while it is invalid.
    #[serde(default)]
    pub consequence: Option<String>,
    /// Whether it can authorise system updates; `None` from a server that does not tell.
    #[serde(default)]
    pub updates: Option<Ability>,
    /// The ways to repair it.
    #[serde(default)]
    pub ladder: Vec<RungView>,
    /// The rules that leave no password together.
    #[serde(default)]
    pub conflicting_rules: Vec<ObstructingRule>,
    /// The ways past them.
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// The way that somebody chose last, and what came of it.
    #[serde(default)]
    pub chosen: Option<ChosenView>,
    /// What the agent did by itself, newest first.
    #[serde(default)]
    pub deeds: Vec<DeedView>,
}

/// One reason.
#[derive(Debug, Clone, Deserialize)]
pub struct ReasonView {
    /// Which.
    pub reason: String,
    /// When it was seen.
    pub at: Timestamp,
    /// What was seen.
    pub saw: String,
}

/// One way to repair.
#[derive(Debug, Clone, Deserialize)]
pub struct RungView {
    /// Which.
    pub rung: String,
    /// What it costs.
    pub cost: String,
    /// Why it cannot be gone.
    #[serde(default)]
    pub closed: Option<String>,
}

/// The way that somebody chose last.
#[derive(Debug, Clone, Deserialize)]
pub struct ChosenView {
    /// What people call it.
    pub label: String,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// What a person does, in order.
    #[serde(default)]
    pub steps: Vec<String>,
    /// What came of trying again after it, in a sentence.
    pub retry_sentence: String,
}

/// A choice of a way.
#[derive(Debug, Serialize)]
struct ChoiceOrder<'a> {
    workaround: Workaround,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

/// One thing that the agent did by itself.
#[derive(Debug, Clone, Deserialize)]
pub struct DeedView {
    /// What people call it.
    pub label: String,
    /// How it ended.
    pub code: String,
    /// The other account in it.
    #[serde(default)]
    pub account: Option<String>,
    /// When it was over.
    pub at: Timestamp,
}

impl Client {
    /// The service account of a device.
    pub async fn service_account(&self, id: DeviceId) -> Result<Answer<ServiceAccountView>, ClientError> {
        self.get(&format!("devices/{id}/service-account"), &[]).await
    }

    /// Chooses a way past the password policy of a device, and lets it try again.
    pub async fn choose_past_policy(
        &self,
        id: DeviceId,
        workaround: Workaround,
        reason: Option<&str>,
    ) -> Result<Answer<ServiceAccountView>, ClientError> {
        let path = format!("devices/{id}/service-account/policy-conflict-choice");
        self.post(&path, &ChoiceOrder { workaround, reason }, None).await
    }
}
