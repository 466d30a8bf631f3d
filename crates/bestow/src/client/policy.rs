//! The organisation's policies, as the API shows them.

use serde::{Deserialize, Serialize};
use trust::time::Timestamp;

use super::Page;
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
    /// `token-for-primary-users`: how many Macs have a primary user without a token.
    #[serde(default)]
    pub without_token: Option<u64>,
}

/// A Mac whose primary user holds no token.
#[derive(Debug, Clone, Deserialize)]
pub struct WithoutToken {
    /// The device's name.
    pub device_name: String,
    /// Its serial number.
    pub serial_number: String,
    /// The person.
    #[serde(default)]
    pub person: Option<String>,
    /// The person's local account.
    #[serde(default)]
    pub account: Option<String>,
    /// What its token is worth; `None` when the account does not exist.
    #[serde(default)]
    pub token: Option<String>,
    /// What would mend it, when one action would.
    #[serde(default)]
    pub action: serde_json::Value,
    /// What that action lacks.
    pub readiness: String,
    /// Why it is not ready.
    #[serde(default)]
    pub code: Option<String>,
}

/// What a policy is to be.
#[derive(Debug, Serialize)]
struct PolicyOrder<'a> {
    enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

/// What the policy `service-account` is to be. What is left out stays as it is.
#[derive(Debug, Serialize)]
pub struct ServiceAccountOrder {
    /// Whether Macs have a service account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// After how many days each gets a new password.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotate_every_days: Option<u16>,
    /// Record names of accounts that never get a token by themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excluded_accounts: Option<Vec<String>>,
    /// Why, for the audit log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
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

    /// Changes the policy `service-account`.
    pub async fn set_service_account_policy(
        &self,
        order: &ServiceAccountOrder,
    ) -> Result<Answer<PolicyView>, ClientError> {
        self.put("policies/service-account", order).await
    }

    /// The Macs whose primary user holds no token.
    pub async fn primary_users_without_token(
        &self,
        query: &[(&str, &str)],
    ) -> Result<Answer<Page<WithoutToken>>, ClientError> {
        self.get("policies/token-for-primary-users/devices", query).await
    }
}
