//! `GET /api/v1/policies/second-factor-for-reveals`: whether the policy is on.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use trust::id::OrganizationId;
use trust::policy::OnOffPolicy;
use trust::time::Timestamp;
use utoipa::ToSchema;

use crate::app::{App, SharedApp};
use crate::identity::Caller;
use crate::problem::{Problem, ProblemView};

/// The policy "second factor for reveals".
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SecondFactorForReveals {
    /// Whether it is on.
    pub enabled: bool,
    /// When that was decided last; `null` when never.
    pub changed_at: Option<Timestamp>,
}

/// Shows the policy "second factor for reveals".
#[utoipa::path(get, path = "/api/v1/policies/second-factor-for-reveals", tag = "policies", responses(
    (status = 200, description = "The policy", body = SecondFactorForReveals),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn show_second_factor_for_reveals(
    State(app): State<SharedApp>,
    caller: Caller,
) -> Result<Json<SecondFactorForReveals>, Problem> {
    find(&app, caller.organization_id).await.map(Json)
}

/// The policy of an organisation.
pub(crate) async fn find(
    app: &App,
    organization_id: OrganizationId,
) -> Result<SecondFactorForReveals, Problem> {
    let policy = OnOffPolicy::SecondFactorForReveals;
    let policy = store::on_off_policy::find(&app.store, organization_id, policy).await?;
    Ok(SecondFactorForReveals {
        enabled: policy.enabled,
        changed_at: policy.changed_at,
    })
}
