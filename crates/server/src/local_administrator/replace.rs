//! `POST /api/v1/devices/{id}/local-administrator/replace`: somebody wants the Mac to have another password now.

use axum::Json;
use axum::extract::State;
use store::device::Device;
use store::escrow::ReplacementAsked;
use trust::code::Code;
use trust::escrow::EscrowKind;

use super::show::{LocalAdministratorView, local_administrator};
use crate::app::{App, SharedApp};
use crate::devices::find;
use crate::escrow::line;
use crate::idempotency::{IdempotencyKey, done_once};
use crate::identity::Caller;
use crate::input::{OptionalReason, PathOf, ReasonInput};
use crate::problem::{Problem, ProblemView};

/// Has the agent of a device give its local administrator another password as soon as it hears of it and may: not while the account
/// is at the screen, and not where its Secure Token is the only one. What came of it stands in the timeline.
#[utoipa::path(post, path = "/api/v1/devices/{id}/local-administrator/replace", tag = "escrow", params(("id" = String, Path, description = "The device"), ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = ReasonInput, responses(
    (status = 200, description = "What is kept, and from when on another one is wanted", body = LocalAdministratorView),
    (status = 422, description = "`no_local_administrator_password`", body = ProblemView, content_type = "application/problem+json"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn replace_local_administrator_password(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
    key: IdempotencyKey,
    OptionalReason(reason): OptionalReason,
) -> Result<Json<LocalAdministratorView>, Problem> {
    let device = find(&app, &caller, &id).await?;
    replace(&app, &caller, &device, &key, reason.as_deref()).await?;
    local_administrator(&app, &device).await.map(Json)
}

/// Notes the wish, and rings for the agent.
pub(crate) async fn replace(
    app: &App,
    caller: &Caller,
    device: &Device,
    key: &IdempotencyKey,
    reason: Option<&str>,
) -> Result<(), Problem> {
    let asked = (device.id, reason);
    let request = key.request(caller, "replace_local_administrator_password", &asked, app.now());
    let line = line(device, EscrowKind::LocalAdministratorPassword);
    match store::escrow::ask_for_replacement(&app.store, &request, line, device.id, reason).await? {
        ReplacementAsked::Now(_) => {}
        ReplacementAsked::Not(known) => return done_once(&known),
        ReplacementAsked::Empty => return Err(Problem::unprocessable(Code::NoLocalAdministratorPassword)),
    }
    tracing::info!(device = %device.id, actor = %caller.actor, "another password of the local administrator asked for");
    app.events.device(device.organization_id, device.id);
    app.bell.ring(device.id);
    Ok(())
}
