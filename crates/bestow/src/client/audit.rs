//! The audit log, as the API shows it.

use bytes::Bytes;
use reqwest::Response;
use serde::Deserialize;
use serde::de::IgnoredAny;
use trust::id::DeviceId;
use trust::time::Timestamp;

use super::Page;
use super::error::ClientError;
use super::transport::{Answer, Client};

/// One entry: who did what, when, to which device.
#[derive(Debug, Clone, Deserialize)]
pub struct AuditEntry {
    /// Its number.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// Who.
    #[serde(default)]
    pub actor: String,
    /// What was done.
    #[serde(default)]
    pub verb: String,
    /// The device, when it was about one.
    #[serde(default)]
    pub device_id: Option<String>,
    /// How that device is called now.
    #[serde(default)]
    pub device_name: Option<String>,
    /// What it was about.
    #[serde(default)]
    pub subject: Option<String>,
    /// What more there is to tell, in words or as JSON.
    #[serde(default)]
    pub detail: Option<String>,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
}

/// An export that is under way.
pub struct Export<'c> {
    client: &'c Client,
    response: Response,
}

impl Export<'_> {
    /// The next part of it; `None` at its end.
    pub async fn next(&mut self) -> Result<Option<Bytes>, ClientError> {
        let part = self.response.chunk().await;
        part.map_err(|error| self.client.unreachable(error))
    }
}

impl Client {
    /// A page of the audit log.
    pub async fn audit(&self, query: &[(&str, &str)]) -> Result<Answer<Page<AuditEntry>>, ClientError> {
        self.get("audit", query).await
    }

    /// What somebody who helps from outside needs to know, of one device where one is named.
    pub async fn support_bundle(&self, device: Option<DeviceId>) -> Result<Answer<IgnoredAny>, ClientError> {
        let device = device.map(|id| id.to_string());
        let query: Vec<_> = device.iter().map(|id| ("device", id.as_str())).collect();
        self.get("support-bundle", &query).await
    }

    /// The whole log as a chain.
    pub async fn export_audit(&self) -> Result<Export<'_>, ClientError> {
        let response = self.open("audit/export").await?;
        Ok(Export {
            client: self,
            response,
        })
    }
}
