//! The organisation's policies, as the API shows them.

use serde::{Deserialize, Serialize};
use trust::time::Timestamp;

use super::error::ClientError;
use super::transport::{Answer, Client};

/// A policy as it stands.
#[derive(Debug, Clone, Deserialize)]
pub struct PolicyView {
    /// Whether it is on.
    pub enabled: bool,
    /// When that was decided last.
    #[serde(default)]
    pub changed_at: Option<Timestamp>,
}

/// What a policy is to be.
#[derive(Debug, Serialize)]
struct PolicyOrder<'a> {
    enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

impl Client {
    /// The policy of this name.
    pub async fn policy(&self, name: &str) -> Result<Answer<PolicyView>, ClientError> {
        self.get(&format!("policies/{name}"), &[]).await
    }

    /// Turns a policy on or off.
    pub async fn set_policy(
        &self,
        name: &str,
        enabled: bool,
        reason: Option<&str>,
    ) -> Result<Answer<PolicyView>, ClientError> {
        let order = PolicyOrder { enabled, reason };
        self.put(&format!("policies/{name}"), &order).await
    }
}
