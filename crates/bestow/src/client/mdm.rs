//! Bestow's own device management, as the API shows it.

use serde::{Deserialize, Serialize};
use trust::id::DeviceId;
use trust::time::Timestamp;

use super::error::ClientError;
use super::escrow::EscrowView;
use super::transport::{Answer, Client};

/// How a Mac stands with Bestow's device management.
#[derive(Debug, Clone, Deserialize)]
pub struct MdmEnrolmentsView {
    /// That in a sentence.
    pub summary: String,
    /// The enrolments, newest first.
    #[serde(default)]
    pub enrolments: Vec<MdmEnrolmentView>,
}

/// One enrolment.
#[derive(Debug, Clone, Deserialize)]
pub struct MdmEnrolmentView {
    /// Where it has come to, for people.
    #[serde(default)]
    pub label: String,
    /// When its profile was made.
    pub prepared_at: Timestamp,
    /// When the Mac enrolled by it.
    #[serde(default)]
    pub enrolled_at: Option<Timestamp>,
    /// When it was over.
    #[serde(default)]
    pub ended_at: Option<Timestamp>,
}

/// What a profile is to be for.
#[derive(Debug, Serialize)]
struct ProfileOrder {
    renew: bool,
}

impl Client {
    /// How a device stands with Bestow's device management.
    pub async fn mdm_enrolments(&self, id: DeviceId) -> Result<Answer<MdmEnrolmentsView>, ClientError> {
        self.get(&format!("devices/{id}/mdm-enrolment"), &[]).await
    }

    /// What is kept of the bootstrap token of a device.
    pub async fn bootstrap_token(&self, id: DeviceId) -> Result<Answer<EscrowView>, ClientError> {
        self.get(&format!("devices/{id}/bootstrap-token"), &[]).await
    }

    /// Has a profile made, once.
    pub async fn mdm_profile(&self, id: DeviceId, renew: bool) -> Result<String, ClientError> {
        let path = format!("devices/{id}/mdm-enrolment/profile");
        self.post_for_text(&path, &ProfileOrder { renew }).await
    }
}
