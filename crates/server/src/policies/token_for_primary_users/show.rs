//! `GET /api/v1/policies/token-for-primary-users`: whether the policy is on, and how many Macs break it.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use trust::code::Code;
use trust::id::OrganizationId;
use trust::policy::OnOffPolicy;
use trust::time::Timestamp;
use utoipa::ToSchema;

use crate::app::{App, SharedApp};
use crate::identity::Caller;
use crate::problem::{Problem, ProblemView};

/// The policy "token for primary users".
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TokenForPrimaryUsers {
    /// Whether it is on.
    pub enabled: bool,
    /// When that was decided last; `null` when never.
    pub changed_at: Option<Timestamp>,
    /// Whether Macs are still being looked at after a policy was changed.
    pub refreshing: bool,
    /// How many Macs have a primary user without a token.
    pub without_token: u64,
}

/// Shows the policy "token for primary users".
#[utoipa::path(get, path = "/api/v1/policies/token-for-primary-users", tag = "policies", responses(
    (status = 200, description = "The policy", body = TokenForPrimaryUsers),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn show_token_for_primary_users(
    State(app): State<SharedApp>,
    caller: Caller,
) -> Result<Json<TokenForPrimaryUsers>, Problem> {
    find(&app, caller.organization_id).await.map(Json)
}

/// The policy of an organisation.
pub(crate) async fn find(
    app: &App,
    organization_id: OrganizationId,
) -> Result<TokenForPrimaryUsers, Problem> {
    let policy = OnOffPolicy::TokenForPrimaryUsers;
    let policy = store::on_off_policy::find(&app.store, organization_id, policy).await?;
    let code = Code::PrimaryUserWithoutToken;
    Ok(TokenForPrimaryUsers {
        enabled: policy.enabled,
        changed_at: policy.changed_at,
        refreshing: store::finding_refresh::is_under_way(&app.store, organization_id).await?,
        without_token: store::finding::count(&app.store, organization_id, code).await?,
    })
}
