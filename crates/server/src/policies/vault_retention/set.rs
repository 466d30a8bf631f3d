//! `PUT /api/v1/policies/vault-retention`: decides for how long what is kept of a forgotten Mac stays.

use axum::Json;
use axum::extract::State;
use utoipa::ToSchema;

use super::show::{VaultRetentionPolicy, find};
use crate::app::SharedApp;
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::{RETENTION, SecretBody};
use crate::policies::days::set_by;
use crate::problem::{Problem, ProblemView};

/// What the policy is to be.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct VaultRetentionPolicyInput {
    /// For how many days what is kept of a forgotten Mac stays: 90 to 3650.
    days: u16,
    /// Why, for the audit log.
    reason: Option<String>,
}

/// Decides for how long what is kept of a forgotten Mac stays. It holds for Macs that were forgotten before, too.
#[utoipa::path(put, path = "/api/v1/policies/vault-retention", tag = "policies", params(("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = VaultRetentionPolicyInput, responses(
    (status = 200, description = "The policy as it is now", body = VaultRetentionPolicy),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn set_vault_retention_policy(
    State(app): State<SharedApp>,
    caller: Caller,
    key: IdempotencyKey,
    body: SecretBody,
) -> Result<Json<VaultRetentionPolicy>, Problem> {
    set_by(&body, &app, &caller, &key, ("days", &RETENTION)).await?;
    find(&app, caller.organization_id).await.map(Json)
}
