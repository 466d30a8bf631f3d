//! Plans, as the API shows them.

use serde::{Deserialize, Deserializer, Serialize};
use trust::action::{AccountRole, Action};
use trust::code::Code;
use trust::id::DeviceId;
use trust::name::AccountName;
use trust::time::Timestamp;
use trust::wildcard::escape;

use super::error::ClientError;
use super::transport::{Answer, Client};

/// Asks for a plan: an action whose credentials have no passwords.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PlanOrder {
    /// Hand a token on.
    GrantSecureToken {
        /// The granter.
        administrator: Username,
        /// Who receives.
        target: Username,
        /// Whether a standard account may be an administrator for the moment of the grant.
        promote_administrator: bool,
    },
    /// Make an account.
    CreateAccount {
        /// The granter, when a token is asked for.
        administrator: Option<Username>,
        /// The account.
        target: NewAccount,
        /// Whether a standard account may be an administrator for the moment of the grant.
        promote_administrator: bool,
    },
}

/// A credential without its password.
#[derive(Debug, Serialize)]
pub struct Username {
    username: String,
}

/// An account that is to be made, without its password.
#[derive(Debug, Serialize)]
pub struct NewAccount {
    username: String,
    full_name: String,
    role: AccountRole,
    hidden: bool,
}

impl From<&Action> for PlanOrder {
    fn from(action: &Action) -> Self {
        let called = |name: &AccountName| Username {
            username: escape(name.as_str()),
        };
        match action {
            Action::GrantSecureToken(grant) => Self::GrantSecureToken {
                administrator: called(&grant.administrator),
                target: called(&grant.target),
                promote_administrator: grant.promote_administrator,
            },
            Action::CreateAccount(create) => Self::CreateAccount {
                administrator: create.administrator.as_ref().map(called),
                target: NewAccount {
                    username: escape(create.target.as_str()),
                    full_name: escape(create.full_name.as_str()),
                    role: create.role,
                    hidden: create.hidden,
                },
                promote_administrator: create.promote_administrator,
            },
        }
    }
}

/// The answer to a request for a plan.
#[derive(Debug, Clone, Deserialize)]
pub struct PlanAnswer {
    /// Identifies what this plan says; sent along with the action, the server refuses when it has changed.
    pub plan_id: String,
    /// The plan.
    pub plan: PlanView,
    /// What the server would ask of the device; `None` when it is an action that is not known here.
    #[serde(default, deserialize_with = "known_action")]
    pub action: Option<Action>,
    /// Why the action must not be sent.
    #[serde(default)]
    pub refusal: Option<String>,
    /// When the Mac was seen as the plan takes it.
    #[serde(default)]
    pub observed_at: Option<Timestamp>,
}

/// An action that a newer server may tell in a way that is not known here.
fn known_action<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Action>, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(serde_json::from_value(value).ok())
}

/// A plan: [`trust::plan::Plan`] with words where a newer server may have more.
#[derive(Debug, Clone, Deserialize, Default)]
pub struct PlanView {
    /// Every precondition.
    #[serde(default)]
    pub rows: Vec<RowView>,
    /// How the action can end.
    #[serde(default)]
    pub outcomes: Vec<String>,
    /// What can come in between.
    #[serde(default)]
    pub mishaps: Vec<String>,
    /// What it will cost.
    #[serde(default)]
    pub cost: CostView,
    /// Accounts that could hand a token on.
    #[serde(default)]
    pub granters: Vec<String>,
    /// Accounts that hold one but may not hand it on.
    #[serde(default)]
    pub standard_holders: Vec<String>,
}

impl PlanView {
    /// Whether what the plan is for is so already, so that sending the action would change nothing.
    pub fn is_so_already(&self) -> bool {
        self.outcomes == [Code::AlreadyGranted.word()]
    }
}

/// One precondition.
#[derive(Debug, Clone, Deserialize)]
pub struct RowView {
    /// What is checked.
    pub check: String,
    /// `met`, `failed`, `unknown_until_tried` or `warning`.
    pub state: String,
    /// The end, when it failed.
    #[serde(default)]
    pub code: Option<String>,
    /// What was seen.
    #[serde(default)]
    pub saw: String,
}

/// What carrying out a plan costs.
#[derive(Debug, Clone, Copy, Deserialize, Default)]
pub struct CostView {
    /// Password tries against Open Directory.
    #[serde(default)]
    pub local_password_tries: u32,
    /// Password tries against the disk.
    #[serde(default)]
    pub disk_password_tries: u32,
    /// Whether the effect shows only after a restart.
    #[serde(default)]
    pub shows_after_restart: bool,
    /// Whether a person must go to the Mac.
    #[serde(default)]
    pub needs_visit: bool,
}

impl Client {
    /// Plans `action` on `device`. Sends nothing to the Mac.
    pub async fn plan(&self, device: DeviceId, action: &Action) -> Result<Answer<PlanAnswer>, ClientError> {
        let path = format!("devices/{device}/plan");
        self.post(&path, &PlanOrder::from(action), None).await
    }
}
