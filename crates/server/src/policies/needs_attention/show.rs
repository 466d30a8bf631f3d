//! `GET /api/v1/policies/needs-attention`: for how long new devices are left in peace.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use trust::attention::Grace;
use trust::id::OrganizationId;
use trust::time::Timestamp;
use utoipa::ToSchema;

use crate::app::{App, SharedApp};
use crate::identity::Caller;
use crate::problem::{Problem, ProblemView};

/// The policy "needs attention".
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NeedsAttentionPolicy {
    /// A device stands in the list when it enrolled more than so many days ago.
    #[schema(value_type = u16)]
    pub needs_attention_after_days: Grace,
    /// When that was decided last; `null` when never.
    pub changed_at: Option<Timestamp>,
}

/// Shows the policy "needs attention".
#[utoipa::path(get, path = "/api/v1/policies/needs-attention", tag = "policies", responses(
    (status = 200, description = "The policy", body = NeedsAttentionPolicy),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn show_needs_attention_policy(
    State(app): State<SharedApp>,
    caller: Caller,
) -> Result<Json<NeedsAttentionPolicy>, Problem> {
    find(&app, caller.organization_id).await.map(Json)
}

/// The policy of an organisation.
pub(crate) async fn find(
    app: &App,
    organization_id: OrganizationId,
) -> Result<NeedsAttentionPolicy, Problem> {
    let policy = store::days_policy::find(&app.store, organization_id).await?;
    Ok(NeedsAttentionPolicy {
        needs_attention_after_days: policy.days,
        changed_at: policy.changed_at,
    })
}
