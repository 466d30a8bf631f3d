//! Lines of the vault by themselves, as the API shows them, and how long they are kept.

use bytes::Bytes;
use reqwest::Method;
use secrecy::{ExposeSecret as _, SecretString};
use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Serialize, Serializer};
use trust::id::DeviceId;
use trust::time::Timestamp;
use wire::offline::Export;
use zeroize::Zeroizing;

use super::Page;
use super::enrolment::{BadLine, encoded};
use super::error::ClientError;
use super::escrow::{EscrowView, RevealOrder, RevealView};
use super::transport::{Answer, Client};

/// A line of the vault, without its secrets.
#[derive(Debug, Clone, Deserialize)]
pub struct VaultLineView {
    /// The serial number of the Mac.
    pub serial_number: String,
    /// What is kept in it.
    pub kind: String,
    /// The Mac's device, when there is one.
    #[serde(default)]
    pub device_id: Option<DeviceId>,
    /// How the Mac was called when it was forgotten.
    #[serde(default)]
    pub device_name: Option<String>,
    /// How many versions are kept.
    pub versions_kept: u32,
    /// How many versions were destroyed.
    #[serde(default)]
    pub versions_destroyed: u32,
    /// Since when the Mac is forgotten.
    #[serde(default)]
    pub forgotten_at: Option<Timestamp>,
    /// When the secrets are destroyed.
    #[serde(default)]
    pub kept_until: Option<Timestamp>,
    /// Since when a legal hold keeps everything.
    #[serde(default)]
    pub held_since: Option<Timestamp>,
}

/// A line of the vault with what happened to it.
#[derive(Debug, Clone, Deserialize)]
pub struct VaultLineDetail {
    /// The line.
    #[serde(flatten)]
    pub line: VaultLineView,
    /// What is kept in it.
    pub escrow: EscrowView,
    /// What was decided about it, oldest first.
    #[serde(default)]
    pub decisions: Vec<DecisionView>,
}

/// Something that was decided about a line.
#[derive(Debug, Clone, Deserialize)]
pub struct DecisionView {
    /// What, for people.
    pub label: String,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
}

/// For how long what is kept of a forgotten Mac stays.
#[derive(Debug, Clone, Deserialize)]
pub struct VaultRetentionView {
    /// For so many days.
    pub days: u16,
}

#[derive(Debug, Serialize)]
struct VaultRetentionOrder<'a> {
    days: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct ReasonOrder<'a> {
    reason: &'a str,
}

#[derive(Debug, Serialize)]
struct ForgetOrder<'a> {
    confirm_device_name: &'a str,
    reason: &'a str,
}

/// A password that somebody enters.
#[derive(Debug)]
pub struct EnterOrder<'a> {
    /// The password.
    pub value: SecretString,
    /// Whether it is a former one, or may be.
    pub legacy: bool,
    /// Why.
    pub reason: Option<&'a str>,
}

impl Serialize for EnterOrder<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("EnterOrder", 3)?;
        fields.serialize_field("value", self.value.expose_secret())?;
        fields.serialize_field("legacy", &self.legacy)?;
        fields.serialize_field("reason", &self.reason)?;
        fields.end()
    }
}

/// What an import into the vault has done, or would do.
#[derive(Debug, Clone, Deserialize)]
pub struct VaultImportView {
    /// How many values are new.
    pub entered: usize,
    /// How many values were kept already.
    pub unchanged: usize,
    /// Whether the import would be refused, because lines cannot be taken.
    #[serde(default)]
    pub refused: bool,
    /// How many lines cannot be taken.
    #[serde(default)]
    pub bad: usize,
    /// Lines that cannot be taken; the first ones.
    #[serde(default)]
    pub bad_lines: Vec<BadLine>,
}

/// How long a password's JSON is at most, in bytes, so that it is written into memory that does not move.
const LONGEST_JSON: usize = 16 * 1024;

fn path_of(serial_number: &str, kind: &str) -> String {
    format!("vault/lines/{}/{}", encoded(serial_number), encoded(kind))
}

impl Client {
    /// Lines of the vault.
    pub async fn vault_lines(
        &self,
        query: &[(&str, &str)],
    ) -> Result<Answer<Page<VaultLineView>>, ClientError> {
        self.get("vault/lines", query).await
    }

    /// A line of the vault.
    pub async fn vault_line(
        &self,
        serial_number: &str,
        kind: &str,
    ) -> Result<Answer<VaultLineDetail>, ClientError> {
        self.get(&path_of(serial_number, kind), &[]).await
    }

    /// Keeps a password that somebody enters.
    pub async fn enter_into_vault(
        &self,
        serial_number: &str,
        kind: &str,
        order: &EnterOrder<'_>,
    ) -> Result<Answer<VaultLineDetail>, ClientError> {
        let path = format!("{}/enter", path_of(serial_number, kind));
        let mut json = Zeroizing::new(Vec::with_capacity(LONGEST_JSON));
        // Writing to memory cannot fail, and texts always have a form.
        let _ = serde_json::to_writer(&mut *json, order);
        let body = Bytes::from_owner(json);
        self.send(Method::POST, &path, &[], "application/json", body)
            .await
    }

    /// Keeps the passwords of a table.
    pub async fn import_into_vault(
        &self,
        table: Zeroizing<Vec<u8>>,
        query: &[(&str, &str)],
    ) -> Result<Answer<VaultImportView>, ClientError> {
        let body = Bytes::from_owner(table);
        self.send(Method::POST, "vault/import", query, "text/csv", body)
            .await
    }

    /// Has a secret of a line shown, once.
    pub async fn reveal_vault_line(
        &self,
        serial_number: &str,
        kind: &str,
        version: Option<u32>,
        reason: &str,
    ) -> Result<Answer<RevealView>, ClientError> {
        let path = format!("{}/reveal", path_of(serial_number, kind));
        self.post(&path, &RevealOrder { reason, version }, None).await
    }

    /// Has a secret of a line handed out that is sealed to the offline key.
    pub async fn sealed_vault_line(
        &self,
        serial_number: &str,
        kind: &str,
        version: Option<u32>,
        reason: &str,
    ) -> Result<Answer<Export>, ClientError> {
        let path = format!("{}/sealed", path_of(serial_number, kind));
        self.post(&path, &RevealOrder { reason, version }, None).await
    }

    /// Sets a legal hold on a line.
    pub async fn set_legal_hold(
        &self,
        serial_number: &str,
        kind: &str,
        reason: &str,
    ) -> Result<Answer<VaultLineDetail>, ClientError> {
        let path = format!("{}/legal-hold", path_of(serial_number, kind));
        self.put(&path, &ReasonOrder { reason }).await
    }

    /// Lifts the legal hold on a line.
    pub async fn lift_legal_hold(
        &self,
        serial_number: &str,
        kind: &str,
        reason: &str,
    ) -> Result<Answer<VaultLineDetail>, ClientError> {
        let path = format!("{}/legal-hold", path_of(serial_number, kind));
        self.delete(&path, &ReasonOrder { reason }).await
    }

    /// For how long what is kept of a forgotten Mac stays.
    pub async fn vault_retention(&self) -> Result<Answer<VaultRetentionView>, ClientError> {
        self.get("policies/vault-retention", &[]).await
    }

    /// Decides for how long what is kept of a forgotten Mac stays.
    pub async fn set_vault_retention(
        &self,
        days: u16,
        reason: Option<&str>,
    ) -> Result<Answer<VaultRetentionView>, ClientError> {
        let order = VaultRetentionOrder { days, reason };
        self.put("policies/vault-retention", &order).await
    }

    /// Forgets a device.
    pub async fn forget_device(
        &self,
        id: DeviceId,
        confirm_device_name: &str,
        reason: &str,
    ) -> Result<(), ClientError> {
        let order = ForgetOrder {
            confirm_device_name,
            reason,
        };
        self.post::<_, ()>(&format!("devices/{id}/forget"), &order, None)
            .await
            .map(|_| ())
    }
}
