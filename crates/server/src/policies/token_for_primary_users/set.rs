//! `PUT /api/v1/policies/token-for-primary-users`: turns the policy on or off.

use axum::Json;
use axum::extract::State;
use store::idempotency::Known;
use trust::code::Code;
use utoipa::ToSchema;

use super::show::{TokenForPrimaryUsers, find};
use crate::app::{App, SharedApp};
use crate::devices::diagnose_anew::diagnose_anew;
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::{FLAG, REASON, SecretBody};
use crate::problem::{Problem, ProblemView};

/// What the policy is to be.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct TokenForPrimaryUsersInput {
    /// Whether it is on.
    enabled: bool,
    /// Why, for the audit log.
    reason: Option<String>,
}

/// Turns the policy "token for primary users" on or off. Every Mac is diagnosed by it from then on, a few at a time.
#[utoipa::path(put, path = "/api/v1/policies/token-for-primary-users", tag = "policies", params(("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = TokenForPrimaryUsersInput, responses(
    (status = 200, description = "The policy as it is now", body = TokenForPrimaryUsers),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn set_token_for_primary_users(
    State(app): State<SharedApp>,
    caller: Caller,
    key: IdempotencyKey,
    body: SecretBody,
) -> Result<Json<TokenForPrimaryUsers>, Problem> {
    let mut fields = body.fields()?;
    let enabled = fields.required("enabled", &FLAG)?;
    let reason = fields.optional("reason", &REASON)?;
    fields.end()?;
    set(&app, &caller, &key, enabled, reason.as_deref()).await?;
    find(&app, caller.organization_id).await.map(Json)
}

/// Turns the policy on or off, and looks at the first Macs.
pub(crate) async fn set(
    app: &App,
    caller: &Caller,
    key: &IdempotencyKey,
    enabled: bool,
    reason: Option<&str>,
) -> Result<(), Problem> {
    let request = key.request(
        caller,
        "set_token_for_primary_users",
        &(enabled, reason),
        app.now(),
    );
    match store::token_for_primary_users::set(&app.store, &request, enabled, reason).await? {
        Known::New | Known::Same(_) => {}
        Known::Other => return Err(Problem::conflict(Code::IdempotencyKeyReused)),
    }
    diagnose_anew(app).await
}
