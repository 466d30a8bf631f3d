//! `PUT /api/v1/devices/{id}/service-account/exclusion`: a Mac has no service account whatever the organisation wants.

use axum::Json;
use axum::extract::State;
use utoipa::ToSchema;

use crate::app::{App, SharedApp};
use crate::devices::diagnose_anew::diagnose_anew;
use crate::devices::service_account::{ServiceAccountView, view};
use crate::idempotency::{IdempotencyKey, done_once};
use crate::identity::Caller;
use crate::input::{FLAG, PathOf, REASON, SecretBody};
use crate::problem::{Problem, ProblemView};

/// Whether a Mac is excluded.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct ServiceAccountExclusionInput {
    /// Whether it is.
    excluded: bool,
    /// Why, for the audit log.
    reason: Option<String>,
}

/// Excludes a Mac from having a service account, or takes it in again. An account that is there stays until it is removed.
#[utoipa::path(put, path = "/api/v1/devices/{id}/service-account/exclusion", tag = "devices", params(("id" = String, Path, description = "The device"), ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = ServiceAccountExclusionInput, responses(
    (status = 200, description = "The service account as it stands now", body = ServiceAccountView),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn exclude_service_account(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
    key: IdempotencyKey,
    body: SecretBody,
) -> Result<Json<ServiceAccountView>, Problem> {
    let mut fields = body.fields()?;
    let excluded = fields.required("excluded", &FLAG)?;
    let reason = fields.optional("reason", &REASON)?;
    fields.end()?;
    exclude(&app, &caller, &id, &key, excluded, reason.as_deref()).await?;
    let device = crate::devices::find(&app, &caller, &id).await?;
    view(&app, &device).await.map(Json)
}

/// Excludes a Mac or takes it in again, and diagnoses it anew.
pub(crate) async fn exclude(
    app: &App,
    caller: &Caller,
    device_id: &str,
    key: &IdempotencyKey,
    excluded: bool,
    reason: Option<&str>,
) -> Result<(), Problem> {
    let device = crate::devices::find(app, caller, device_id).await?;
    let asked = (device.id, excluded, reason);
    let request = key.request(caller, "exclude_service_account", &asked, app.now());
    let excluding = store::service_account_policy::exclude(&app.store, &request, device.id, excluded, reason);
    done_once(&excluding.await?)?;
    diagnose_anew(app).await
}
