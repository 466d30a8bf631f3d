//! Which devices need attention, as the API shows it.

use bytes::Bytes;
use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use trust::id::DeviceId;
use trust::time::Timestamp;

use super::error::ClientError;
use super::transport::{Answer, Client};

/// Why a device needs attention, and what is done about it.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct AttentionView {
    /// Where it stands.
    #[serde(default)]
    pub standing: String,
    /// The reason that is to be seen to first.
    #[serde(default)]
    pub first: Option<String>,
    /// Since when there has been a reason.
    #[serde(default)]
    pub since: Option<Timestamp>,
    /// The kind of the cheapest remedy.
    #[serde(default)]
    pub remedy: Option<String>,
    /// Every reason.
    #[serde(default)]
    pub reasons: Vec<AttentionReasonView>,
    /// The administrators one of whom can help to a service account that is missing.
    #[serde(default)]
    pub admin_list: Option<Vec<String>>,
    /// Who sees to it.
    #[serde(default)]
    pub owner: Option<String>,
}

/// One reason.
#[derive(Debug, Clone, Deserialize)]
pub struct AttentionReasonView {
    /// What was found.
    pub code: String,
    /// That in a line.
    pub code_title: String,
    /// Who has to do something next.
    pub turn: String,
    /// What the cheapest remedy asks of people.
    #[serde(default)]
    pub remedy: String,
    /// The cheapest remedy.
    pub step: String,
    /// The action that cures it at once.
    #[serde(default)]
    pub action: Value,
    /// Until when it is muted.
    #[serde(default)]
    pub muted_until: Option<Timestamp>,
}

impl AttentionView {
    /// The reason of this code.
    pub fn reason(&self, code: &str) -> Option<&AttentionReasonView> {
        self.reasons.iter().find(|reason| reason.code == code)
    }
}

/// How many devices need attention.
#[derive(Debug, Clone, Deserialize)]
pub struct AttentionCounts {
    /// For so many days a new device is left in peace.
    pub after_days: u16,
    /// Devices that need a person.
    pub devices: u64,
    /// Devices whose agents mend what is amiss.
    #[serde(default)]
    pub agent: u64,
    /// Devices of which something is muted.
    #[serde(default)]
    pub muted: u64,
    /// Devices that are new.
    #[serde(default)]
    pub too_new: u64,
    /// By reason.
    #[serde(default)]
    pub reasons: Vec<CountView>,
    /// By whose turn it is.
    #[serde(default)]
    pub turns: Vec<CountView>,
    /// By the cheapest remedy.
    #[serde(default)]
    pub remedies: Vec<CountView>,
}

/// One count.
#[derive(Debug, Clone, Deserialize)]
pub struct CountView {
    /// What is counted: the word by which the list is narrowed down.
    #[serde(alias = "reason", alias = "turn", alias = "remedy")]
    pub word: String,
    /// What people call it.
    pub label: String,
    /// How many devices.
    pub devices: u64,
}

/// For how long new devices are left in peace.
#[derive(Debug, Clone, Deserialize)]
pub struct NeedsAttentionPolicyView {
    /// How many days.
    pub needs_attention_after_days: u16,
}

/// What is muted.
#[derive(Debug, Serialize)]
pub struct MuteOrder {
    /// When it ends.
    pub until: Timestamp,
    /// Why.
    pub reason: String,
    /// The one reason; the whole device where it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

#[derive(Debug, Serialize)]
struct OwnerOrder<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct NeedsAttentionPolicyOrder<'a> {
    needs_attention_after_days: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

impl Client {
    /// How many devices need attention, and what for.
    pub async fn needs_attention(&self) -> Result<Answer<AttentionCounts>, ClientError> {
        self.get("needs-attention", &[]).await
    }

    /// Mutes a device or one reason of it.
    pub async fn mute(
        &self,
        device_id: DeviceId,
        order: &MuteOrder,
    ) -> Result<Answer<AttentionView>, ClientError> {
        self.put(&format!("devices/{device_id}/mute"), order).await
    }

    /// Takes the mute of one reason away, or that of the whole device.
    pub async fn unmute(
        &self,
        device_id: DeviceId,
        code: Option<&str>,
    ) -> Result<Answer<AttentionView>, ClientError> {
        let query: Vec<(&str, &str)> = code.map(|code| ("code", code)).into_iter().collect();
        let path = format!("devices/{device_id}/mute");
        self.send(Method::DELETE, &path, &query, "application/json", Bytes::new())
            .await
    }

    /// Says who sees to a device; `None` for nobody.
    pub async fn assign(
        &self,
        device_id: DeviceId,
        owner: Option<&str>,
        reason: Option<&str>,
    ) -> Result<Answer<AttentionView>, ClientError> {
        let order = OwnerOrder { owner, reason };
        self.put(&format!("devices/{device_id}/owner"), &order).await
    }

    /// For how long new devices are left in peace.
    pub async fn needs_attention_policy(&self) -> Result<Answer<NeedsAttentionPolicyView>, ClientError> {
        self.get("policies/needs-attention", &[]).await
    }

    /// Decides for how long new devices are left in peace.
    pub async fn set_needs_attention_policy(
        &self,
        days: u16,
        reason: Option<&str>,
    ) -> Result<Answer<NeedsAttentionPolicyView>, ClientError> {
        let order = NeedsAttentionPolicyOrder {
            needs_attention_after_days: days,
            reason,
        };
        self.put("policies/needs-attention", &order).await
    }
}
