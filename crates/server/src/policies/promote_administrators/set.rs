//! `PUT /api/v1/policies/promote-administrators`: turns the policy on or off.

use axum::Json;
use axum::extract::State;
use store::idempotency::Known;
use trust::code::Code;
use utoipa::ToSchema;

use super::show::{PromoteAdministrators, find};
use crate::app::{App, SharedApp};
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::{FLAG, REASON, SecretBody};
use crate::problem::{Problem, ProblemView};

/// What the policy is to be.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct PromoteAdministratorsInput {
    /// Whether it is on.
    enabled: bool,
    /// Why, for the audit log.
    reason: Option<String>,
}

/// Turns the policy "promote administrators" on or off. Actions that were accepted before stay as they are.
#[utoipa::path(put, path = "/api/v1/policies/promote-administrators", tag = "policies", params(("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = PromoteAdministratorsInput, responses(
    (status = 200, description = "The policy as it is now", body = PromoteAdministrators),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn set_promote_administrators(
    State(app): State<SharedApp>,
    caller: Caller,
    key: IdempotencyKey,
    body: SecretBody,
) -> Result<Json<PromoteAdministrators>, Problem> {
    let mut fields = body.fields()?;
    let enabled = fields.required("enabled", &FLAG)?;
    let reason = fields.optional("reason", &REASON)?;
    fields.end()?;
    set(&app, &caller, &key, enabled, reason.as_deref()).await?;
    find(&app, caller.organization_id).await.map(Json)
}

/// Turns the policy on or off.
pub(crate) async fn set(
    app: &App,
    caller: &Caller,
    key: &IdempotencyKey,
    enabled: bool,
    reason: Option<&str>,
) -> Result<(), Problem> {
    let asked = (enabled, reason);
    let request = key.request(caller, "set_promote_administrators", &asked, app.now());
    match store::promote_administrators::set(&app.store, &request, enabled, reason).await? {
        Known::New | Known::Same(_) => Ok(()),
        Known::Other => Err(Problem::conflict(Code::IdempotencyKeyReused)),
    }
}
