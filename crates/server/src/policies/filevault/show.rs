//! `GET /api/v1/policies/filevault`: what the organisation wants of FileVault.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use trust::filevault_policy::FileVaultPolicy;
use trust::id::OrganizationId;
use trust::time::Timestamp;
use utoipa::ToSchema;

use crate::app::{App, SharedApp};
use crate::identity::Caller;
use crate::problem::{Problem, ProblemView};

/// The policy "FileVault".
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FileVaultPolicyView {
    /// What is wanted.
    #[serde(flatten)]
    pub settings: FileVaultPolicy,
    /// When that was decided last; `null` when never.
    pub changed_at: Option<Timestamp>,
}

/// Shows the policy "FileVault".
#[utoipa::path(get, path = "/api/v1/policies/filevault", tag = "policies", responses(
    (status = 200, description = "The policy", body = FileVaultPolicyView),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn show_filevault_policy(
    State(app): State<SharedApp>,
    caller: Caller,
) -> Result<Json<FileVaultPolicyView>, Problem> {
    find(&app, caller.organization_id).await.map(Json)
}

/// The policy of an organisation.
pub(crate) async fn find(app: &App, organization_id: OrganizationId) -> Result<FileVaultPolicyView, Problem> {
    let policy = store::filevault_policy::find(&app.store, organization_id).await?;
    Ok(FileVaultPolicyView {
        settings: policy.settings,
        changed_at: policy.changed_at,
    })
}
