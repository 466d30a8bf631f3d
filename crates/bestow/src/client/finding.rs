//! Findings, as the API shows them.

use serde::Deserialize;
use serde_json::Value;
use trust::id::DeviceId;

use super::Page;
use super::error::ClientError;
use super::transport::{Answer, Client};

/// Something that is wrong with a device.
#[derive(Debug, Clone, Deserialize)]
pub struct FindingView {
    /// What it is.
    pub code: String,
    /// `critical`, `problem` or `advice`.
    pub severity: String,
    /// The account that it is about; `None` when it is about the Mac.
    #[serde(default)]
    pub account: Option<String>,
    /// What was seen.
    #[serde(default)]
    pub evidence: String,
    /// What follows from it.
    #[serde(default)]
    pub consequence: String,
    /// The ways out, the cheapest first.
    #[serde(default)]
    pub remedies: Vec<RemedyView>,
}

/// One way out.
#[derive(Debug, Clone, Deserialize)]
pub struct RemedyView {
    /// `action`, `person` or `runbook`.
    pub way: String,
    /// What it does, of an action or a runbook.
    #[serde(default)]
    pub label: Option<String>,
    /// What a person does.
    #[serde(default)]
    pub step: Option<String>,
    /// The page that leads through it, of a runbook.
    #[serde(default)]
    pub runbook: Option<String>,
    /// The action, ready but for its passwords.
    #[serde(default)]
    pub action: Value,
}

/// How many findings a device has.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub struct FindingCounts {
    /// Critical ones.
    #[serde(default)]
    pub critical: u64,
    /// Problems.
    #[serde(default)]
    pub problem: u64,
    /// Advice.
    #[serde(default)]
    pub advice: u64,
}

impl FindingCounts {
    /// Whether there are any.
    pub fn any(self) -> bool {
        self.critical + self.problem + self.advice > 0
    }
}

impl Client {
    /// What is wrong with a device, the worst first.
    pub async fn findings(&self, id: DeviceId) -> Result<Answer<Page<FindingView>>, ClientError> {
        self.get(&format!("devices/{id}/findings"), &[]).await
    }
}
