//! An action as the API shows it. It never holds a secret.

use serde::{Deserialize, Serialize};
use store::action::Action as StoredAction;
use trust::action::{Action, ActionState};
use trust::code::Code;
use trust::id::{ActionId, BulkRunId, DeviceId};
use trust::outcome::Outcome;
use trust::plan::Plan;
use trust::time::Timestamp;
use utoipa::ToSchema;

use crate::app::App;
use crate::problem::Problem;

/// An action.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct ActionView {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: ActionId,
    /// The device that it is asked of.
    #[schema(value_type = String, format = "uuid")]
    pub device_id: DeviceId,
    /// That device's name.
    pub device_name: String,
    /// Its kind.
    pub kind: String,
    /// What is asked.
    pub action: Action,
    /// Where it stands.
    pub state: ActionState,
    /// How it ended.
    pub code: Option<Code>,
    /// That code in a line.
    pub code_title: Option<String>,
    /// The heading that the code stands under, such as `Authentication Error`.
    pub heading: Option<String>,
    /// No agent is shown it before this.
    pub not_before: Option<Timestamp>,
    /// No agent begins it after this.
    pub not_after: Timestamp,
    /// The bulk run that it belongs to.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub bulk_run_id: Option<BulkRunId>,
    /// Whether its bulk run holds it.
    pub held: bool,
    /// When it was accepted.
    pub created_at: Timestamp,
    /// When it was first shown to the device's agent.
    pub offered_at: Option<Timestamp>,
    /// When the agent began.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// Who asked.
    pub created_by: String,
    /// How it ended, as the agent told it.
    pub outcome: Option<Outcome>,
    /// The plan as it was accepted.
    pub plan: Plan,
}

/// An action as it was accepted.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AcceptedAction {
    /// The action.
    #[serde(flatten)]
    pub action: ActionView,
    /// An action that asks the same of the device for the same account and has not ended; `null` when there is none. Both
    /// are carried out.
    pub already_open: Option<AlreadyOpen>,
}

/// An action that has not ended, and asks the same of a device for the same account.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AlreadyOpen {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: ActionId,
    /// Where it stands: `queued`, `offered` or `running`.
    pub state: ActionState,
    /// Whether its bulk run holds it.
    pub held: bool,
    /// When it was accepted.
    pub created_at: Timestamp,
}

impl AlreadyOpen {
    /// The oldest action on the device that has not ended and asks the same as `action`.
    pub(crate) async fn find(
        app: &App,
        device_id: DeviceId,
        action: &Action,
    ) -> Result<Option<Self>, Problem> {
        let found = store::action::open_already(&app.store, device_id, action).await?;
        Ok(found.map(|open| Self {
            id: open.id,
            state: open.state,
            held: open.held,
            created_at: open.created_at,
        }))
    }
}

impl From<StoredAction> for ActionView {
    fn from(stored: StoredAction) -> Self {
        let entry = stored.code.map(Code::entry);
        Self {
            id: stored.envelope.id,
            device_id: stored.envelope.device_id,
            device_name: stored.device_name,
            kind: stored.envelope.action.kind().to_owned(),
            action: stored.envelope.action,
            state: stored.state,
            code: stored.code,
            code_title: entry.map(|entry| entry.title.to_owned()),
            heading: entry.and_then(|entry| entry.heading).map(str::to_owned),
            not_before: stored.not_before,
            not_after: stored.envelope.not_after,
            bulk_run_id: stored.bulk_run_id,
            held: stored.held,
            created_at: stored.created_at,
            offered_at: stored.offered_at,
            started_at: stored.started_at,
            finished_at: stored.finished_at,
            created_by: stored.created_by,
            outcome: stored.outcome,
            plan: stored.plan,
        }
    }
}
