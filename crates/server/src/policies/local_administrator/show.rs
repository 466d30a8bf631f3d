//! `GET /api/v1/policies/local-administrator`: what the local administrators are to be like.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use trust::id::OrganizationId;
use trust::local_administrator::Settings;
use trust::time::Timestamp;
use utoipa::ToSchema;

use crate::app::{App, SharedApp};
use crate::identity::Caller;
use crate::problem::{Problem, ProblemView};

/// The policy "local administrator".
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LocalAdministratorPolicy {
    /// What they are to be like; `null` where none is wanted.
    pub settings: Option<Settings>,
    /// When that was decided last; `null` when never.
    pub changed_at: Option<Timestamp>,
}

/// Shows the policy "local administrator".
#[utoipa::path(get, path = "/api/v1/policies/local-administrator", tag = "policies", responses(
    (status = 200, description = "The policy", body = LocalAdministratorPolicy),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn show_local_administrator_policy(
    State(app): State<SharedApp>,
    caller: Caller,
) -> Result<Json<LocalAdministratorPolicy>, Problem> {
    find(&app, caller.organization_id).await.map(Json)
}

/// The policy of an organisation.
pub(crate) async fn find(
    app: &App,
    organization_id: OrganizationId,
) -> Result<LocalAdministratorPolicy, Problem> {
    let policy = store::local_administrator_policy::find(&app.store, organization_id).await?;
    Ok(LocalAdministratorPolicy {
        settings: policy.settings,
        changed_at: policy.changed_at,
    })
}
