//! Devices, their accounts and their chain, as the API shows them.

use serde::Deserialize;
use trust::id::{ActionId, DeviceId, OrganizationId};
use trust::observation::Observation;
use trust::time::Timestamp;
use wire::seal::SealingPublicKey;

use super::Page;
use super::attention::AttentionView;
use super::error::ClientError;
use super::finding::FindingCounts;
use super::transport::{Answer, Client};

/// What lists show of a device.
#[derive(Debug, Clone, Deserialize)]
pub struct DeviceSummary {
    /// Its id.
    pub id: DeviceId,
    /// Its name, for people.
    pub name: String,
    /// Its serial number.
    pub serial_number: String,
    /// Model identifier.
    #[serde(default)]
    pub model: Option<String>,
    /// Processor family.
    #[serde(default)]
    pub chip: Option<String>,
    /// macOS version.
    #[serde(default)]
    pub os_version: Option<String>,
    /// macOS build.
    #[serde(default)]
    pub os_build: Option<String>,
    /// Format of the boot volume.
    #[serde(default)]
    pub volume_format: Option<String>,
    /// Whether the disk is encrypted.
    #[serde(default)]
    pub filevault: Option<String>,
    /// What its chain of trust is worth.
    #[serde(default)]
    pub chain: Option<String>,
    /// How its service account stands.
    #[serde(default)]
    pub service_account: Option<String>,
    /// How many accounts hold a token.
    #[serde(default)]
    pub holders: u64,
    /// How many accounts it has.
    #[serde(default)]
    pub accounts: u64,
    /// How many findings it has.
    #[serde(default)]
    pub findings: FindingCounts,
    /// Why it needs attention.
    #[serde(default)]
    pub attention: AttentionView,
    /// Whether its agent is connected.
    #[serde(default)]
    pub online: bool,
    /// Whether it waits for approval.
    #[serde(default)]
    pub pending: bool,
    /// Version of the agent.
    #[serde(default)]
    pub agent_version: Option<String>,
    /// When it was enrolled.
    #[serde(default)]
    pub enrolled_at: Option<Timestamp>,
    /// When its agent was last heard.
    #[serde(default)]
    pub last_seen_at: Option<Timestamp>,
    /// When it was last seen anew.
    #[serde(default)]
    pub observed_at: Option<Timestamp>,
}

/// One device.
#[derive(Debug, Clone, Deserialize)]
pub struct DeviceDetail {
    /// What lists show of it.
    #[serde(flatten)]
    pub summary: DeviceSummary,
    /// The organisation that owns it.
    pub organization_id: OrganizationId,
    /// Who is offered on the start-up screen, by record name; `None` when that cannot be told.
    #[serde(default)]
    pub start_up_screen: Option<Vec<String>>,
    /// Who is offered there only after the next restart, by record name; `None` when that cannot be told.
    #[serde(default)]
    pub waiting_for_restart: Option<Vec<String>>,
    /// Whether macOS lets the agent check passwords against the disk; `None` when that was not tried.
    #[serde(default)]
    pub full_disk_access: Option<bool>,
    /// Which MDM it is registered with; `None` when its agent has not told yet.
    #[serde(default)]
    pub mdm: Option<MdmView>,
    /// What passwords for it are sealed to.
    pub sealing_key: SealingPublicKey,
    /// What its agent saw last, as the server tells it.
    #[serde(default)]
    observation: serde_json::Value,
}

impl DeviceDetail {
    /// What its agent saw last; `None` when it has not told yet, or when a newer server tells it in other words.
    pub fn observation(&self) -> Option<Observation> {
        serde_json::from_value(self.observation.clone()).ok()
    }
}

/// The MDM of a device.
#[derive(Debug, Clone, Deserialize)]
pub struct MdmView {
    /// Whom it is, in a few words.
    pub label: String,
    /// How that is known.
    #[serde(default)]
    pub how: String,
    /// The address of its server.
    #[serde(default)]
    pub server_url: Option<String>,
    /// That there is no second one.
    #[serde(default)]
    pub note: String,
}

/// An account on a device.
#[derive(Debug, Clone, Deserialize)]
pub struct AccountView {
    /// Record name.
    pub record_name: String,
    /// Further names of the same record.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The name that people see.
    #[serde(default)]
    pub real_name: String,
    /// Numeric user id.
    #[serde(default)]
    pub uid: i64,
    /// Whether it is an administrator.
    #[serde(default)]
    pub administrator: bool,
    /// Whether the login window leaves it out.
    #[serde(default)]
    pub hidden: bool,
    /// Whether its record bars every login.
    #[serde(default)]
    pub disabled: bool,
    /// What its token is worth.
    pub token: TokenView,
    /// Whether it can hand its token on.
    #[serde(default)]
    pub can_grant: bool,
}

/// What a token is worth.
#[derive(Debug, Clone, Deserialize)]
pub struct TokenView {
    /// In a word: `absent`, `unverified`, `usable`, `unusable` or `unknown`.
    pub state: String,
}

/// The chain of trust on a device.
#[derive(Debug, Clone, Deserialize)]
pub struct ChainView {
    /// What it is worth.
    pub health: String,
    /// Who can hand a token on.
    #[serde(default)]
    pub granters: Vec<String>,
    /// Hand-overs that Bestow made.
    #[serde(default)]
    pub edges: Vec<EdgeView>,
}

/// One hand-over.
#[derive(Debug, Clone, Deserialize)]
pub struct EdgeView {
    /// Who handed it on.
    pub granter: String,
    /// Who received it.
    pub target: String,
    /// When it was proved.
    pub at: Timestamp,
    /// By which action.
    #[serde(default)]
    pub action_id: Option<ActionId>,
}

/// What a person calls a device: its id, name or serial number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference {
    /// By id.
    Id(DeviceId),
    /// By name or serial number.
    Word(String),
}

impl std::str::FromStr for Reference {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.trim() {
            "" => Err("name a device by its id, name or serial number".to_owned()),
            word => Ok(word
                .parse()
                .map_or_else(|_| Self::Word(word.to_owned()), Self::Id)),
        }
    }
}

impl Client {
    /// A page of devices, as far as `query` (`q`, `cursor`, `limit`) leaves them in.
    pub async fn devices(&self, query: &[(&str, &str)]) -> Result<Answer<Page<DeviceSummary>>, ClientError> {
        self.get("devices", query).await
    }

    /// One device.
    pub async fn device(&self, id: DeviceId) -> Result<Answer<DeviceDetail>, ClientError> {
        self.get(&format!("devices/{id}"), &[]).await
    }

    /// The accounts on a device.
    pub async fn accounts(&self, id: DeviceId) -> Result<Answer<Page<AccountView>>, ClientError> {
        self.get(&format!("devices/{id}/accounts"), &[]).await
    }

    /// The chain of trust on a device.
    pub async fn chain(&self, id: DeviceId) -> Result<Answer<ChainView>, ClientError> {
        self.get(&format!("devices/{id}/chain"), &[]).await
    }

    /// Lets a device in that waits for approval.
    pub async fn approve(&self, id: DeviceId) -> Result<Answer<DeviceSummary>, ClientError> {
        self.post(&format!("devices/{id}/approve"), &serde_json::json!({}), None)
            .await
    }

    /// Every device whose name or serial number is `word`, upper and lower case being the same.
    pub async fn devices_called(&self, word: &str) -> Result<Vec<DeviceSummary>, ClientError> {
        let wanted = word.to_lowercase();
        let mut called = Vec::new();
        let mut cursor = None;
        loop {
            let mut query = vec![("q", word)];
            query.extend(cursor.as_deref().map(|cursor| ("cursor", cursor)));
            let page = self.devices(&query).await?.value;
            let is_wanted = |device: &DeviceSummary| {
                device.name.to_lowercase() == wanted || device.serial_number.to_lowercase() == wanted
            };
            called.extend(page.items.into_iter().filter(is_wanted));
            match page.next_cursor {
                Some(next) => cursor = Some(next),
                None => return Ok(called),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_told_from_a_name() {
        let id = "01890a5d-ac96-774b-bcce-b302099a8057";
        assert_eq!(id.parse(), Ok(Reference::Id(id.parse().unwrap())));
        assert_eq!(" Ada's Mac ".parse(), Ok(Reference::Word("Ada's Mac".to_owned())));
        assert!("  ".parse::<Reference>().is_err());
    }
}
