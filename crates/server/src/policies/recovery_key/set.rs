//! `PUT /api/v1/policies/recovery-key`: decides how often Macs get another recovery key.

use axum::Json;
use axum::extract::State;
use utoipa::ToSchema;

use super::show::{RecoveryKeyPolicy, find};
use crate::app::SharedApp;
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::{SCHEDULE, SecretBody};
use crate::policies::days::set_by;
use crate::problem::{Problem, ProblemView};

/// What the policy is to be.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct RecoveryKeyPolicyInput {
    /// After how many days a Mac gets another recovery key: 1 to 365, or 0 for never.
    rotate_every_days: u16,
    /// Why, for the audit log.
    reason: Option<String>,
}

/// Decides how often Macs get another recovery key. The agent of each makes one by itself, where its service account is valid.
#[utoipa::path(put, path = "/api/v1/policies/recovery-key", tag = "policies", params(("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = RecoveryKeyPolicyInput, responses(
    (status = 200, description = "The policy as it is now", body = RecoveryKeyPolicy),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn set_recovery_key_policy(
    State(app): State<SharedApp>,
    caller: Caller,
    key: IdempotencyKey,
    body: SecretBody,
) -> Result<Json<RecoveryKeyPolicy>, Problem> {
    set_by(&body, &app, &caller, &key, ("rotate_every_days", &SCHEDULE)).await?;
    find(&app, caller.organization_id).await.map(Json)
}
