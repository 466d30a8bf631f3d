//! `PUT /api/v1/policies/needs-attention`: decides for how long new devices are left in peace.

use axum::Json;
use axum::extract::State;
use store::idempotency::Known;
use trust::attention::Grace;
use trust::code::Code;
use utoipa::ToSchema;

use super::show::{NeedsAttentionPolicy, find};
use crate::app::{App, SharedApp};
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::{GRACE, REASON, SecretBody};
use crate::problem::{Problem, ProblemView};

/// What the policy is to be.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct NeedsAttentionPolicyInput {
    /// After how many days a new device stands in the list: 0 to 365.
    needs_attention_after_days: u16,
    /// Why, for the audit log.
    reason: Option<String>,
}

/// Decides for how long new devices are left in peace.
#[utoipa::path(put, path = "/api/v1/policies/needs-attention", tag = "policies", params(("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = NeedsAttentionPolicyInput, responses(
    (status = 200, description = "The policy as it is now", body = NeedsAttentionPolicy),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn set_needs_attention_policy(
    State(app): State<SharedApp>,
    caller: Caller,
    key: IdempotencyKey,
    body: SecretBody,
) -> Result<Json<NeedsAttentionPolicy>, Problem> {
    let mut fields = body.fields()?;
    let grace = fields.required("needs_attention_after_days", &GRACE)?;
    let reason = fields.optional("reason", &REASON)?;
    fields.end()?;
    set(&app, &caller, &key, grace, reason.as_deref()).await?;
    find(&app, caller.organization_id).await.map(Json)
}

/// Changes the policy.
pub(crate) async fn set(
    app: &App,
    caller: &Caller,
    key: &IdempotencyKey,
    grace: Grace,
    reason: Option<&str>,
) -> Result<(), Problem> {
    let request = key.request(caller, "set_needs_attention_policy", &(grace, reason), app.now());
    match store::needs_attention_policy::set(&app.store, &request, grace, reason).await? {
        Known::New | Known::Same(_) => Ok(()),
        Known::Other => Err(Problem::conflict(Code::IdempotencyKeyReused)),
    }
}
