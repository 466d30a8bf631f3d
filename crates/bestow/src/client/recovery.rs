//! The ways back of a device, as the API shows them.

use std::time::Duration;

use secrecy::SecretString;
use serde::Deserialize;
use serde_json::{Value, json};
use trust::id::DeviceId;
use trust::time::Timestamp;

use super::error::ClientError;
use super::transport::{Answer, Client};

/// What leads a device back.
#[derive(Debug, Clone, Deserialize)]
pub struct RecoveryView {
    /// Why it needs a way back, in a word.
    #[cfg_attr(
        not(feature = "demo"),
        expect(
            dead_code,
            reason = "people read the sentence; the demo's check compares the word"
        )
    )]
    pub need: String,
    /// The same in a sentence.
    #[serde(default)]
    pub summary: String,
    /// The ways that may lead back, the cheapest first, then those that are closed.
    #[serde(default)]
    pub ways: Vec<WayView>,
    /// How far the Mac is since somebody was sent the steps.
    #[serde(default)]
    pub begun: Option<BegunView>,
}

/// A recovery that was begun.
#[derive(Debug, Clone, Deserialize)]
pub struct BegunView {
    /// The way's word.
    pub way: String,
    /// When the link to the steps was made.
    pub begun_at: Timestamp,
    /// What has to happen one after another.
    #[serde(default)]
    pub milestones: Vec<MilestoneView>,
    /// What is left to see to.
    #[serde(default)]
    pub aftercare: Vec<AftercareView>,
}

/// One thing that has to happen.
#[derive(Debug, Clone, Deserialize)]
pub struct MilestoneView {
    /// It in a sentence.
    pub sentence: String,
    /// Whether it has.
    pub reached: bool,
    /// When, where that is known.
    pub at: Option<Timestamp>,
}

/// One thing to see to.
#[derive(Debug, Clone, Deserialize)]
pub struct AftercareView {
    /// Its word.
    pub task: String,
    /// How it stands.
    pub state: String,
    /// What there is to say or to do.
    #[serde(default)]
    pub says: String,
}

/// A link to the steps of a way, for the person in front of the Mac.
#[derive(Debug, Deserialize)]
pub struct RecoveryLink {
    /// Its path on the server.
    pub path: SecretString,
    /// The way's word.
    pub way: String,
    /// Until when it can be opened.
    pub expires_at: Timestamp,
}

/// One way.
#[derive(Debug, Clone, Deserialize)]
pub struct WayView {
    /// Its word.
    pub way: String,
    /// What people call it.
    #[serde(default)]
    pub label: String,
    /// `open`, `uncertain` or `closed`.
    pub standing: String,
    /// What was seen that says so.
    #[serde(default)]
    pub because: String,
    /// What the vault has of the recovery key that it needs.
    #[serde(default)]
    pub in_the_vault: Option<String>,
    /// What is not known.
    #[serde(default)]
    pub unknowns: Vec<String>,
    /// The action that goes it, ready but for its passwords.
    #[serde(default)]
    pub action: Value,
    /// How a person goes it; `None` when it is closed.
    #[serde(default)]
    pub guide: Option<GuideView>,
}

/// The steps of a way.
#[derive(Debug, Clone, Deserialize)]
pub struct GuideView {
    /// Whether somebody must be in front of the Mac.
    #[serde(default)]
    pub at_the_mac: bool,
    /// Whether everything on the Mac is lost.
    #[serde(default)]
    pub loses_data: bool,
    /// What must be at hand before it begins.
    #[serde(default)]
    pub needs: Vec<String>,
    /// What to do, in this order.
    #[serde(default)]
    pub steps: Vec<String>,
}

impl Client {
    /// What leads a device back.
    pub async fn recovery(&self, id: DeviceId) -> Result<Answer<RecoveryView>, ClientError> {
        self.get(&format!("devices/{id}/recovery"), &[]).await
    }

    /// Makes a link to the steps of a way; of the cheapest that needs somebody at the Mac, when none is named.
    pub async fn make_recovery_link(
        &self,
        id: DeviceId,
        way: Option<&str>,
        valid_for: Option<Duration>,
    ) -> Result<Answer<RecoveryLink>, ClientError> {
        let mut body = serde_json::Map::new();
        if let Some(way) = way {
            body.insert("way".to_owned(), json!(way));
        }
        if let Some(span) = valid_for {
            body.insert("valid_for_s".to_owned(), json!(span.as_secs()));
        }
        self.post(&format!("devices/{id}/recovery/links"), &body, None)
            .await
    }
}
