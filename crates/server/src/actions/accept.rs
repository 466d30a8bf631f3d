//! `POST /api/v1/devices/{id}/actions`: asks an action of a device.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use store::action::{Accepted, NewAction};
use store::device::Device;
use store::idempotency::{Known, Request};
use trust::action::ActionState;
use trust::code::Code;
use wire::envelope::{self, Envelope};

use super::input::{ActionInput, AskedAction, read_order};
use super::resolve::resolve;
use super::view::{AcceptedAction, ActionView};
use super::window::Window;
use crate::app::{App, SharedApp};
use crate::devices::plan::{Planned, plan};
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::{PathOf, SecretBody};
use crate::problem::{Problem, ProblemView};
use crate::sealing::{Given, seal_for};

/// How often an order is prepared anew because the device changed under it.
const TRIES: usize = 3;

/// Asks an action of a device. Its passwords are sealed to the device's key at once; a plan that fails is refused, and
/// nothing is sent. An order that asks the same as one that has not ended is not refused; the answer names the other.
#[utoipa::path(post, path = "/api/v1/devices/{id}/actions", tag = "actions", params(("id" = String, Path, description = "The device"), ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = ActionInput, responses(
    (status = 202, description = "Accepted: it will be delivered, or its end is told", body = AcceptedAction),
    (status = 409, description = "`plan_changed`, `device_pending`, `credential_stale` or `idempotency_key_reused`", body = ProblemView, content_type = "application/problem+json"),
    (status = 422, description = "The plan fails: the code of its first failing row; or `unresolved_wildcard`", body = ProblemView, content_type = "application/problem+json"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn accept_action(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
    key: IdempotencyKey,
    body: SecretBody,
) -> Result<Response, Problem> {
    let asked = read_order(&body)?;
    drop(body);
    accept(&app, &caller, &id, &key, &asked).await.map(accepted)
}

/// Takes an order in, once however often it comes under the same key. Answers the accepted action as JSON.
pub(crate) async fn accept(
    app: &App,
    caller: &Caller,
    device_id: &str,
    key: &IdempotencyKey,
    asked: &AskedAction,
) -> Result<String, Problem> {
    let device = crate::devices::find(app, caller, device_id).await?;
    let not_secret = (device.id, &asked.template, &asked.terms, asked.named_wildcards());
    let request = key.request(caller, "accept_action", &not_secret, app.now());
    match store::idempotency::look_up(&app.store, &request).await? {
        Known::New => {}
        Known::Same(answer) => return Ok(answer.unwrap_or_default()),
        Known::Other => return Err(Problem::conflict(Code::IdempotencyKeyReused)),
    }
    order(app, caller, device, asked, &request).await
}

async fn order(
    app: &App,
    caller: &Caller,
    mut device: Device,
    asked: &AskedAction,
    request: &Request,
) -> Result<String, Problem> {
    for _ in 0..TRIES {
        let new = prepare(app, &device, asked, request).await?;
        match store::action::accept(&app.store, &new).await? {
            Accepted::Queued => {
                tracing::info!(action = %new.envelope.id, device = %device.id, "action accepted");
                app.action_changed(changed(&new));
                app.bell.ring(device.id);
                return Ok(new.answer);
            }
            Accepted::Before(answer) => return Ok(answer),
            Accepted::KeyReused => return Err(Problem::conflict(Code::IdempotencyKeyReused)),
            Accepted::IdTaken => return Err(Problem::invalid("id", "is not another action's")),
            Accepted::DeviceChanged if asked.secrets.values().any(Given::is_sealed) => {
                return Err(Problem::conflict(Code::CredentialStale));
            }
            Accepted::DeviceChanged => {}
        }
        device = crate::devices::find(app, caller, &device.id.to_string()).await?;
    }
    Err(Problem::conflict(Code::PlanChanged))
}

/// Resolves and plans the action, agrees on its terms, and seals its secrets.
async fn prepare(
    app: &App,
    device: &Device,
    asked: &AskedAction,
    request: &Request,
) -> Result<NewAction, Problem> {
    if device.pending {
        return Err(Problem::conflict(Code::DevicePending));
    }
    let resolved = resolve(app, device, asked).await?;
    let planned = plan(app, device, &resolved).await?;
    let is_another = |plan_id: &String| *plan_id != planned.plan_id;
    if asked.terms.plan_id.as_ref().is_some_and(is_another) {
        return Err(Problem::conflict(Code::PlanChanged).with_plan(planned.plan, planned.plan_id));
    }
    if let Some(code) = planned.refusal {
        let problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, code);
        return Err(problem.with_plan(planned.plan, planned.plan_id));
    }
    let window = Window::of(&asked.terms, request.at)?;
    let envelope = Envelope {
        version: envelope::VERSION,
        collected: resolved.collected_refs(),
        id: asked.terms.id.unwrap_or_else(|| app.entropy.id(request.at)),
        organization_id: device.organization_id,
        device_id: device.id,
        not_after: window.not_after,
        action: resolved.action.clone(),
    };
    let secrets = seal_for(&envelope, &resolved, &device.sealing_key, &app.entropy)?;
    Ok(NewAction {
        answer: answer(device, &envelope, &planned, window, request),
        request: request.clone(),
        envelope,
        secrets,
        sealing_key: device.sealing_key.clone(),
        plan: planned.plan,
        not_before: window.not_before,
        reason: asked.terms.reason.clone(),
    })
}

/// The action as it will stand when it is accepted.
fn answer(
    device: &Device,
    envelope: &Envelope,
    planned: &Planned,
    window: Window,
    request: &Request,
) -> String {
    let action = ActionView::from(store::action::Action {
        envelope: envelope.clone(),
        device_name: device.name.clone(),
        plan: planned.plan.clone(),
        state: ActionState::Queued,
        code: None,
        outcome: None,
        bulk_run_id: None,
        held: false,
        not_before: window.not_before,
        created_at: request.at,
        created_by: request.actor.to_string(),
        offered_at: None,
        started_at: None,
        finished_at: None,
    });
    let already_open = planned.already_open.clone();
    serde_json::to_string(&AcceptedAction { action, already_open }).unwrap_or_default()
}

fn changed(new: &NewAction) -> store::action::Changed {
    store::action::Changed {
        organization_id: new.envelope.organization_id,
        device_id: new.envelope.device_id,
        id: new.envelope.id,
        state: ActionState::Queued,
        bulk_run_id: None,
    }
}

/// The answer to an accepted action, the first time and every time.
fn accepted(answer: String) -> Response {
    let id = serde_json::from_str::<ActionView>(&answer).map(|view| view.id.to_string());
    let location = format!("/api/v1/actions/{}", id.unwrap_or_default());
    let headers = [
        (header::LOCATION, location),
        (header::CONTENT_TYPE, "application/json".to_owned()),
    ];
    (StatusCode::ACCEPTED, headers, answer).into_response()
}

#[cfg(test)]
mod tests;
