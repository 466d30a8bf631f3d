//! Actions, as the API shows and takes them.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use trust::action::{AccountRole, CreateAccount};
use trust::id::{ActionId, BulkRunId, DeviceId};
use trust::time::Timestamp;
use trust::wildcard::escape;
use wire::seal::Sealed;

use super::Page;
use super::error::ClientError;
use super::plan::PlanView;
use super::transport::{Answer, Client};

/// Orders an action whose secrets are sealed here. Id and time limit are bound in the seals.
#[derive(Debug, Serialize)]
pub struct ActionOrder {
    /// The action's id, chosen here.
    pub id: ActionId,
    /// No agent is shown it before this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Timestamp>,
    /// No agent begins it after this.
    pub not_after: Timestamp,
    /// The plan that was agreed to.
    pub plan_id: String,
    /// Why, for the audit log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The action's kind.
    pub kind: &'static str,
    /// The granter, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub administrator: Option<CredentialOrder>,
    /// Who receives, or the account that is made, taken over, or that something is done to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<TargetOrder>,
    /// The password that the account is to have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_password: Option<PasswordOrder>,
    /// Whether a granter that is a standard account may be an administrator for the moment of the grant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promote_administrator: Option<bool>,
    /// The Mac's name, typed in confirmation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confirm_device_name: Option<String>,
}

/// An account with its password.
#[derive(Debug, Serialize)]
pub struct CredentialOrder {
    /// The account's record name.
    pub username: String,
    /// Its password, where the action takes it.
    #[serde(flatten)]
    pub password: PasswordOrder,
}

/// A password sealed to the device, or a wildcard in its place.
#[derive(Debug, Default, Serialize)]
pub struct PasswordOrder {
    /// The password.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sealed: Option<Sealed>,
    /// The wildcard that stands for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password_from: Option<String>,
}

/// The account that receives a token, is made, or that something is done to.
#[derive(Debug, Serialize)]
pub struct TargetOrder {
    /// Its name and password.
    #[serde(flatten)]
    pub credential: CredentialOrder,
    /// What it becomes, when it is made.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub new_account: Option<NewAccountOrder>,
    /// Whether its home folder goes with it, when it is deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remove_home: Option<bool>,
}

/// What a new account becomes.
#[derive(Debug, Serialize)]
pub struct NewAccountOrder {
    full_name: String,
    role: AccountRole,
    hidden: bool,
}

impl From<&CreateAccount> for NewAccountOrder {
    fn from(create: &CreateAccount) -> Self {
        Self {
            full_name: escape(create.full_name.as_str()),
            role: create.role,
            hidden: create.hidden,
        }
    }
}

/// An action.
#[derive(Debug, Clone, Deserialize)]
pub struct ActionView {
    /// Its id.
    pub id: ActionId,
    /// The device it is meant for.
    pub device_id: DeviceId,
    /// That device's name.
    #[serde(default)]
    pub device_name: Option<String>,
    /// What is asked.
    pub kind: String,
    /// What is asked, without secrets.
    #[serde(default)]
    pub action: Value,
    /// Where it stands.
    pub state: String,
    /// How it ended.
    #[serde(default)]
    pub code: Option<String>,
    /// What that code means, in one line.
    #[serde(default)]
    pub code_title: Option<String>,
    /// The heading that groups kindred codes.
    #[serde(default)]
    pub heading: Option<String>,
    /// No agent is shown it before this.
    #[serde(default)]
    pub not_before: Option<Timestamp>,
    /// The bulk run that it belongs to.
    #[serde(default)]
    pub bulk_run_id: Option<BulkRunId>,
    /// Whether its bulk run holds it.
    #[serde(default)]
    pub held: bool,
    /// No agent begins it after this.
    pub not_after: Timestamp,
    /// When it was accepted.
    pub created_at: Timestamp,
    /// When the device's agent was shown it.
    #[serde(default)]
    pub offered_at: Option<Timestamp>,
    /// When the agent began.
    #[serde(default)]
    pub started_at: Option<Timestamp>,
    /// When it ended.
    #[serde(default)]
    pub finished_at: Option<Timestamp>,
    /// Who asked for it.
    #[serde(default)]
    pub created_by: Option<String>,
    /// What the agent reported.
    #[serde(default)]
    pub outcome: Option<OutcomeView>,
    /// The plan as it was accepted.
    #[serde(default)]
    pub plan: Option<PlanView>,
}

impl ActionView {
    /// Whether nothing will happen to it any more. A state that is not known here counts as open.
    pub fn is_final(&self) -> bool {
        trust::action::ActionState::from_word(&self.state).is_some_and(trust::action::ActionState::is_final)
    }

    /// Whether it ended as it should.
    pub fn succeeded(&self) -> bool {
        self.state == trust::action::ActionState::Succeeded.word()
    }

    /// The record name of the account that plays `role` (`administrator`, `target`) in it.
    pub fn account(&self, role: &str) -> Option<&str> {
        let account = self.action.get(role)?;
        account.as_str().or_else(|| account.get("username")?.as_str())
    }
}

/// What the agent reported.
#[derive(Debug, Clone, Deserialize)]
pub struct OutcomeView {
    /// Whether tools that change the Mac were started.
    #[serde(default)]
    pub touched_the_mac: bool,
    /// How each part of a composite action ended, in order.
    #[serde(default)]
    pub parts: Vec<PartView>,
    /// What was seen on the way.
    #[serde(default)]
    pub evidence: Vec<EvidenceView>,
}

/// How one part of an action ended.
#[derive(Debug, Clone, Deserialize)]
pub struct PartView {
    /// Which part: `create_account` or `grant_secure_token`.
    pub part: String,
    /// What came of it.
    pub code: String,
}

/// One thing that was seen on the way.
#[derive(Debug, Clone, Deserialize)]
pub struct EvidenceView {
    /// When.
    pub at: Timestamp,
    /// The tool and verb.
    pub by: String,
    /// What it showed.
    pub saw: String,
}

impl Client {
    /// One action.
    pub async fn action(&self, id: ActionId) -> Result<Answer<ActionView>, ClientError> {
        self.get(&format!("actions/{id}"), &[]).await
    }

    /// A page of actions, newest first, as far as `query` (`state`, `device_id`, `cursor`) leaves them in.
    pub async fn actions(&self, query: &[(&str, &str)]) -> Result<Answer<Page<ActionView>>, ClientError> {
        self.get("actions", query).await
    }

    /// Sends an action to `device`.
    pub async fn send_action(
        &self,
        device: DeviceId,
        order: &ActionOrder,
    ) -> Result<Answer<ActionView>, ClientError> {
        // The action's id is fresh, so it serves as the key as well, however often the request is repeated.
        let key = order.id.to_string();
        self.post(&format!("devices/{device}/actions"), order, Some(&key))
            .await
    }

    /// Calls an action back that no agent has begun.
    pub async fn cancel_action(&self, id: ActionId) -> Result<Answer<ActionView>, ClientError> {
        self.post(&format!("actions/{id}/cancel"), &serde_json::json!({}), None)
            .await
    }
}
