//! `PUT /api/v1/policies/needs-attention`: decides for how long new devices are left in peace.

use axum::Json;
use axum::extract::State;
use utoipa::ToSchema;

use super::show::{NeedsAttentionPolicy, find};
use crate::app::SharedApp;
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::{GRACE, SecretBody};
use crate::policies::days::set_by;
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
    set_by(&body, &app, &caller, &key, ("needs_attention_after_days", &GRACE)).await?;
    find(&app, caller.organization_id).await.map(Json)
}
