//! `PUT /api/v1/devices/{id}/owner`: says who sees to a device.

use axum::Json;
use axum::extract::State;
use trust::attention::Owner;
use utoipa::ToSchema;

use super::view::AttentionView;
use crate::app::{App, SharedApp};
use crate::idempotency::{IdempotencyKey, done_once};
use crate::identity::Caller;
use crate::input::{OWNER, PathOf, REASON, SecretBody};
use crate::problem::{Problem, ProblemView};

/// Who sees to a device.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct OwnerInput {
    /// A person, a team, a ticket: 1 to 100 characters; nobody where it is left out.
    owner: Option<String>,
    /// Why, for the audit log.
    reason: Option<String>,
}

/// Says who sees to a device, or that nobody does.
#[utoipa::path(put, path = "/api/v1/devices/{id}/owner", tag = "devices", params(("id" = String, Path, description = "The device"), ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = OwnerInput, responses(
    (status = 200, description = "Where the device stands now", body = AttentionView),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn assign_device(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
    key: IdempotencyKey,
    body: SecretBody,
) -> Result<Json<AttentionView>, Problem> {
    let mut fields = body.fields()?;
    let owner = fields.optional("owner", &OWNER)?;
    let reason = fields.optional("reason", &REASON)?;
    fields.end()?;
    assign(&app, &caller, &id, &key, owner.as_ref(), reason.as_deref())
        .await
        .map(Json)
}

/// Says who sees to the device that an address names, and tells where it stands then.
pub(crate) async fn assign(
    app: &App,
    caller: &Caller,
    device_id: &str,
    key: &IdempotencyKey,
    owner: Option<&Owner>,
    reason: Option<&str>,
) -> Result<AttentionView, Problem> {
    let device = crate::devices::find(app, caller, device_id).await?;
    let request = key.request(caller, "assign_device", &(device.id, owner, reason), app.now());
    done_once(&store::attention::set_owner(&app.store, &request, device.id, owner, reason).await?)?;
    app.events.device(device.organization_id, device.id);
    super::standing(app, caller, device_id).await
}
