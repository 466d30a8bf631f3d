//! How well the fleet stands, as the API shows it.

use serde::Deserialize;
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

impl Client {
    /// How well the fleet stands.
    pub async fn resilience(&self) -> Result<Answer<FleetView>, ClientError> {
        self.get("resilience", &[]).await
    }
}
