//! `GET /api/v1/policies/recovery-key`: how often Macs get another recovery key.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use trust::escrow::Schedule;
use trust::id::OrganizationId;
use trust::time::Timestamp;
use utoipa::ToSchema;

use crate::app::{App, SharedApp};
use crate::identity::Caller;
use crate::problem::{Problem, ProblemView};

/// The policy "recovery key".
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RecoveryKeyPolicy {
    /// After so many days a Mac gets another recovery key; 0 for never.
    #[schema(value_type = u16)]
    pub rotate_every_days: Schedule,
    /// When that was decided last; `null` when never.
    pub changed_at: Option<Timestamp>,
}

/// Shows the policy "recovery key".
#[utoipa::path(get, path = "/api/v1/policies/recovery-key", tag = "policies", responses(
    (status = 200, description = "The policy", body = RecoveryKeyPolicy),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn show_recovery_key_policy(
    State(app): State<SharedApp>,
    caller: Caller,
) -> Result<Json<RecoveryKeyPolicy>, Problem> {
    find(&app, caller.organization_id).await.map(Json)
}

/// The policy of an organisation.
pub(crate) async fn find(app: &App, organization_id: OrganizationId) -> Result<RecoveryKeyPolicy, Problem> {
    let policy = store::days_policy::find(&app.store, organization_id).await?;
    Ok(RecoveryKeyPolicy {
        rotate_every_days: policy.days,
        changed_at: policy.changed_at,
    })
}
