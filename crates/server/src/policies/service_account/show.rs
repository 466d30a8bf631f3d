//! `GET /api/v1/policies/service-account`: what the organisation wants of its service accounts.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use trust::id::OrganizationId;
use trust::name::AccountName;
use trust::time::Timestamp;
use utoipa::ToSchema;

use crate::app::{App, SharedApp};
use crate::identity::Caller;
use crate::problem::{Problem, ProblemView};

/// The policy "service account".
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ServiceAccountPolicy {
    /// Whether Macs have one; those that are excluded have none.
    pub enabled: bool,
    /// After how many days each gets a new password.
    pub rotate_every_days: u16,
    /// Record names of accounts that never get a token by themselves.
    pub excluded_accounts: Vec<AccountName>,
    /// When that was decided last; `null` when never.
    pub changed_at: Option<Timestamp>,
    /// Whether Macs are still being looked at after a policy was changed.
    pub refreshing: bool,
}

/// Shows the policy "service account".
#[utoipa::path(get, path = "/api/v1/policies/service-account", tag = "policies", responses(
    (status = 200, description = "The policy", body = ServiceAccountPolicy),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn show_service_account_policy(
    State(app): State<SharedApp>,
    caller: Caller,
) -> Result<Json<ServiceAccountPolicy>, Problem> {
    find(&app, caller.organization_id).await.map(Json)
}

/// The policy of an organisation.
pub(crate) async fn find(
    app: &App,
    organization_id: OrganizationId,
) -> Result<ServiceAccountPolicy, Problem> {
    let policy = store::service_account_policy::find(&app.store, organization_id).await?;
    Ok(ServiceAccountPolicy {
        enabled: policy.settings.wanted,
        rotate_every_days: policy.settings.rotate_every_days,
        excluded_accounts: policy.settings.excluded_accounts,
        changed_at: policy.changed_at,
        refreshing: store::finding_refresh::is_under_way(&app.store, organization_id).await?,
    })
}
