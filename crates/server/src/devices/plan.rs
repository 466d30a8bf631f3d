//! `POST /api/v1/devices/{id}/plan`: what would come of an action. Sends nothing and keeps nothing.

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;
use store::device::Device;
use trust::action::Action;
use trust::code::Code;
use trust::plan::{Knowledge, Plan, Situation};
use trust::time::Timestamp;
use utoipa::ToSchema;

use crate::actions::input::{ActionInput, read_action_to_plan};
use crate::app::{App, SharedApp};
use crate::identity::Caller;
use crate::input::SecretBody;
use crate::problem::Problem;

/// The plan of an action, with what identifies it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Planned {
    /// Identifies what the plan says. An action that names it is refused as `plan_changed` when that is no longer so.
    pub plan_id: String,
    /// The plan.
    pub plan: Plan,
    /// Why the action would be refused; `null` when it would be accepted.
    pub refusal: Option<Code>,
    /// When the device was observed that way; `null` when it never was.
    pub observed_at: Option<Timestamp>,
}

/// Plans an action for a device. Passwords are not needed; those in the body are not read.
#[utoipa::path(post, path = "/api/v1/devices/{id}/plan", tag = "devices", params(("id" = String, Path, description = "The device")), request_body = ActionInput, responses(
    (status = 200, description = "The plan", body = Planned),
    (status = "4XX", description = "A problem", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn plan_action(
    State(app): State<SharedApp>,
    caller: Caller,
    Path(id): Path<String>,
    body: SecretBody,
) -> Result<Json<Planned>, Problem> {
    let action = read_action_to_plan(&body)?;
    let device = super::find(&app, &caller, &id).await?;
    if device.pending {
        return Err(Problem::conflict(Code::DevicePending));
    }
    plan(&app, &device, &action).await.map(Json)
}

/// The plan of `action` on `device`, from what is known now.
pub(crate) async fn plan(app: &App, device: &Device, action: &Action) -> Result<Planned, Problem> {
    let observation = store::observation::find(&app.store, device.id).await?;
    let situation = Situation {
        observation: observation.as_ref(),
        online: app.is_online(device),
        knowledge: Knowledge::NONE,
    };
    let plan = Plan::for_action(action, &situation);
    Ok(Planned {
        plan_id: plan.id(action),
        refusal: plan.refusal(),
        observed_at: device.observed.as_ref().map(|observed| observed.at),
        plan,
    })
}
