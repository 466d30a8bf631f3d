//! How well the fleet stands, as the API shows it.

use serde::Deserialize;
use trust::id::DeviceId;
use trust::time::Timestamp;

use super::error::ClientError;
use super::transport::{Answer, Client};

/// How well the fleet stands.
#[derive(Debug, Clone, Deserialize)]
pub struct FleetView {
    /// Devices that have told.
    pub devices: u64,
    /// The mean of their scores.
    #[serde(default)]
    pub average: Option<u8>,
    /// How many have which score.
    pub bands: Vec<BandView>,
    /// What hangs by a thread.
    pub warnings: Vec<WarningView>,
    /// Day by day, the oldest first.
    pub days: Vec<DayView>,
}

/// Devices whose scores lie close together.
#[derive(Debug, Clone, Deserialize)]
pub struct BandView {
    /// The lowest score.
    pub from: u8,
    /// The highest score.
    pub to: u8,
    /// How many devices.
    pub devices: u64,
}

/// On how many devices something hangs by a thread.
#[derive(Debug, Clone, Deserialize)]
pub struct WarningView {
    /// What, in a word, by which devices are listed.
    pub warning: String,
    /// What, in a sentence.
    pub sentence: String,
    /// How many devices.
    pub devices: u64,
}

/// Where the fleet stood on a day.
#[derive(Debug, Clone, Deserialize)]
pub struct DayView {
    /// When the day began.
    pub day: Timestamp,
    /// The mean score.
    pub average: u8,
    /// Devices that had told.
    pub devices: u64,
}

/// How well one device stands.
#[derive(Debug, Clone, Deserialize)]
pub struct ResilienceView {
    /// Its score; `None` when it has not told yet.
    #[serde(default)]
    pub resilience: Option<ScoreView>,
    /// What hangs by a thread, in sentences, the gravest first.
    #[serde(default)]
    pub sentences: Vec<String>,
}

/// The score of a device, with what it is made of.
#[derive(Debug, Clone, Deserialize)]
pub struct ScoreView {
    /// From 0 to 100.
    pub score: u8,
    /// Points for accounts that can hand a token on, at most 40.
    pub holders: u8,
    /// Points for independent ways back, at most 40.
    pub routes: u8,
    /// Points for how lately the recovery key was proved, at most 20.
    pub freshness: u8,
    /// How many whole days ago that was; `None` when it was not.
    #[serde(default)]
    pub days_since_key_proved: Option<u64>,
}

impl Client {
    /// How well one device stands.
    pub async fn device_resilience(&self, id: DeviceId) -> Result<Answer<ResilienceView>, ClientError> {
        self.get(&format!("devices/{id}/resilience"), &[]).await
    }

    /// How well the fleet stands.
    pub async fn resilience(&self) -> Result<Answer<FleetView>, ClientError> {
        self.get("resilience", &[]).await
    }
}
