//! The ways back of a device, as the API shows them.

use serde::Deserialize;
use serde_json::Value;
use trust::id::DeviceId;

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
}
