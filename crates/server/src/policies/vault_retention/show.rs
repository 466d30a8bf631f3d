//! `GET /api/v1/policies/vault-retention`: for how long what is kept of a forgotten Mac stays.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use trust::escrow::Retention;
use trust::id::OrganizationId;
use trust::time::Timestamp;
use utoipa::ToSchema;

use crate::app::{App, SharedApp};
use crate::identity::Caller;
use crate::problem::{Problem, ProblemView};

/// The policy "vault retention".
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VaultRetentionPolicy {
    /// For so many days what is kept of a forgotten Mac stays, 90 at least.
    #[schema(value_type = u16)]
    pub days: Retention,
    /// When that was decided last; `null` when never.
    pub changed_at: Option<Timestamp>,
}

/// Shows the policy "vault retention".
#[utoipa::path(get, path = "/api/v1/policies/vault-retention", tag = "policies", responses(
    (status = 200, description = "The policy", body = VaultRetentionPolicy),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn show_vault_retention_policy(
    State(app): State<SharedApp>,
    caller: Caller,
) -> Result<Json<VaultRetentionPolicy>, Problem> {
    find(&app, caller.organization_id).await.map(Json)
}

/// The policy of an organisation.
pub(crate) async fn find(
    app: &App,
    organization_id: OrganizationId,
) -> Result<VaultRetentionPolicy, Problem> {
    let policy = store::days_policy::find(&app.store, organization_id).await?;
    Ok(VaultRetentionPolicy {
        days: policy.days,
        changed_at: policy.changed_at,
    })
}
