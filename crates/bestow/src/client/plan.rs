//! Plans, as the API shows them.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use trust::action::{AccountRole, Action, ActionTemplate, SecretRole};
use trust::code::Code;
use trust::enrolment::Person;
use trust::id::{ActionId, DeviceId};
use trust::time::Timestamp;
use wire::collected::CollectedRef;

use super::account_choice::AccountOrder;
use super::error::ClientError;
use super::transport::{Answer, Client};

/// Asks for a plan: an action whose credentials have no passwords.
#[derive(Debug, Serialize)]
pub struct PlanOrder {
    /// The action's kind.
    kind: &'static str,
    /// Who hands on or helps, where the action names somebody.
    #[serde(skip_serializing_if = "Option::is_none")]
    administrator: Option<Account>,
    /// Who receives, is made or is taken over, where the action names somebody.
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<Target>,
    /// The wildcard that stands for the password that the account is to have.
    #[serde(skip_serializing_if = "Option::is_none")]
    new_password: Option<PasswordFrom>,
    /// Whether a standard account may be an administrator for the moment.
    #[serde(skip_serializing_if = "Option::is_none")]
    promote_administrator: Option<bool>,
    /// Whose account it is from then on.
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<Person>,
    /// The Mac's name, typed in confirmation.
    #[serde(skip_serializing_if = "Option::is_none")]
    confirm_device_name: Option<String>,
}

/// A wildcard in the place of a password.
#[derive(Debug, Serialize)]
struct PasswordFrom {
    password_from: String,
}

/// A credential without its password; a wildcard may stand in its place.
#[derive(Debug, Serialize)]
struct Account {
    #[serde(flatten)]
    account: AccountOrder,
    #[serde(skip_serializing_if = "Option::is_none")]
    password_from: Option<String>,
}

/// The account that receives, is made or is taken over, without its password.
#[derive(Debug, Serialize)]
struct Target {
    #[serde(flatten)]
    account: Account,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    new_account: Option<NewAccount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remove_home: Option<bool>,
}

/// What an account becomes that is made.
#[derive(Debug, Serialize)]
struct NewAccount {
    full_name: String,
    role: AccountRole,
    hidden: bool,
}

/// What is asked for, before the server has told what it means on the Mac.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The action. Its names may hold wildcards.
    pub template: ActionTemplate,
    /// Wildcards in the place of passwords.
    pub password_wildcards: BTreeMap<SecretRole, String>,
}

impl From<&Action> for Asked {
    fn from(action: &Action) -> Self {
        Self {
            template: ActionTemplate::from(action),
            password_wildcards: BTreeMap::new(),
        }
    }
}

impl Asked {
    /// Whether only the server knows what it means on the Mac.
    pub fn is_another_per_mac(&self) -> bool {
        !self.password_wildcards.is_empty() || !self.template.fields_per_mac().is_empty()
    }
}

impl From<&Asked> for PlanOrder {
    fn from(asked: &Asked) -> Self {
        let password_from = |role| asked.password_wildcards.get(&role).cloned();
        let of = |account: AccountOrder, role| Account {
            account,
            password_from: password_from(role),
        };
        let template = &asked.template;
        let new_account = match template {
            ActionTemplate::CreateAccount(create) => Some(NewAccount {
                full_name: create.full_name.as_text().to_owned(),
                role: create.role,
                hidden: create.hidden,
            }),
            _ => None,
        };
        Self {
            kind: template.kind(),
            administrator: template
                .administrator()
                .map(|name| of(name.into(), SecretRole::Administrator)),
            target: template.target().map(|choice| Target {
                account: of((&choice).into(), SecretRole::Target),
                new_account,
                remove_home: removes_home(template),
            }),
            new_password: password_from(SecretRole::NewPassword)
                .map(|password_from| PasswordFrom { password_from }),
            promote_administrator: template.may_promote().then_some(true),
            person: match template {
                ActionTemplate::AdoptAccount(adopt) => adopt.person.clone(),
                _ => None,
            },
            confirm_device_name: template.confirm_device_name().map(str::to_owned),
        }
    }
}

/// Whether the home folder of a deleted account goes with it; left out where it does not.
pub(super) fn removes_home(template: &ActionTemplate) -> Option<bool> {
    match template {
        ActionTemplate::DeleteAccount(delete) => delete.remove_home.then_some(true),
        _ => None,
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
    /// The roles that collected secrets would play in it.
    #[serde(default)]
    pub collected: BTreeMap<SecretRole, CollectedView>,
    /// Why the action must not be sent.
    #[serde(default)]
    pub refusal: Option<String>,
    /// When the Mac was seen as the plan takes it.
    #[serde(default)]
    pub observed_at: Option<Timestamp>,
    /// An action that asks the same of the device for the same account and has not ended.
    #[serde(default)]
    pub already_open: Option<AlreadyOpen>,
}

/// An action that asks the same of a device for the same account and has not ended.
#[derive(Debug, Clone, Deserialize)]
pub struct AlreadyOpen {
    /// Its id.
    pub id: ActionId,
    /// Where it stands.
    pub state: String,
    /// Whether its bulk run holds it.
    #[serde(default)]
    pub held: bool,
    /// When it was accepted.
    pub created_at: Timestamp,
}

/// An action that a newer server may tell in a way that is not known here.
fn known_action<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Action>, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(serde_json::from_value(value).ok())
}

/// A secret that was collected for wildcards.
#[derive(Debug, Clone, Deserialize)]
pub struct CollectedView {
    /// Which collecting of which attribute. The seals beside it are bound to that.
    #[serde(flatten)]
    pub reference: CollectedRef,
    /// When it was collected.
    pub collected_at: Timestamp,
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
    /// The end of a plan whose action would change nothing, because what it is for is so already.
    pub fn so_already(&self) -> Option<Code> {
        let [only] = self.outcomes.as_slice() else {
            return None;
        };
        [Code::AlreadyGranted, Code::NothingToDo]
            .into_iter()
            .find(|code| code.word() == only)
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
    /// Plans what is asked on `device`. Sends nothing to the Mac.
    pub async fn plan(&self, device: DeviceId, asked: &Asked) -> Result<Answer<PlanAnswer>, ClientError> {
        let path = format!("devices/{device}/plan");
        self.post(&path, &PlanOrder::from(asked), None).await
    }
}
