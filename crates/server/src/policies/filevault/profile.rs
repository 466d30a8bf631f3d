//! `GET /api/v1/policies/filevault/profile`: the policy as a configuration profile, to be installed by the MDM or by hand.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use trust::id::OrganizationId;

use super::payloads;
use crate::app::{App, SharedApp};
use crate::identity::Caller;
use crate::problem::{Problem, ProblemView};

/// The profile as a file. It holds a certificate and no secret. macOS encrypts recovery keys that are made after it was
/// installed, so that a Mac whose FileVault is on already needs another key once.
#[utoipa::path(get, path = "/api/v1/policies/filevault/profile", tag = "policies", responses(
    (status = 200, description = "The profile, a property list", body = String, content_type = "application/x-apple-aspen-config"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn download_filevault_profile(
    State(app): State<SharedApp>,
    caller: Caller,
) -> Result<impl IntoResponse, Problem> {
    file(&app, caller.organization_id).await
}

/// The profile of an organisation as a file to be saved.
pub(crate) async fn file(
    app: &App,
    organization_id: OrganizationId,
) -> Result<impl IntoResponse + use<>, Problem> {
    let profile = profile(app, organization_id).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/x-apple-aspen-config"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"bestow-filevault.mobileconfig\"",
        ),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, profile))
}

/// The profile of an organisation, as XML. The certificate in it is made when there was none.
async fn profile(app: &App, organization_id: OrganizationId) -> Result<Vec<u8>, Problem> {
    let policy = store::filevault_policy::find(&app.store, organization_id).await?;
    let policy = policy.settings;
    let certificate = app.escrow_certificate.certificate(app.now()).await;
    let certificate = certificate.map_err(|error| Problem::internal(&error))?;
    let mut content = Vec::from(payloads::escrow(organization_id, &policy, certificate));
    content.extend(payloads::enabling(organization_id, &policy));
    content.extend(payloads::options(organization_id, &policy));
    let profile = payloads::profile(organization_id, content);
    let mut xml = Vec::new();
    plist::to_writer_xml(&mut xml, &profile).map_err(|error| Problem::internal(&error))?;
    Ok(xml)
}
