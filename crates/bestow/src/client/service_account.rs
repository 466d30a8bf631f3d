//! Service accounts, as the API shows them.

use serde::Deserialize;
use trust::id::DeviceId;
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
    /// The ways to repair it.
    #[serde(default)]
    pub ladder: Vec<RungView>,
    /// The rules that leave no password together.
    #[serde(default)]
    pub conflicting_rules: Vec<RuleView>,
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

/// A rule of the Mac's password policy.
#[derive(Debug, Clone, Deserialize)]
pub struct RuleView {
    /// The rule.
    pub words: String,
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
}
