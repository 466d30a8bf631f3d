//! `GET /api/v1/devices/{id}`: everything that is known of a device.

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;
use trust::id::OrganizationId;
use trust::observation::Observation;
use utoipa::ToSchema;

use super::view::DeviceSummary;
use crate::app::SharedApp;
use crate::identity::Caller;
use crate::problem::Problem;

/// A device with its last observation and what a caller needs to seal secrets by itself.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeviceDetails {
    /// The device in a line.
    #[serde(flatten)]
    summary: DeviceSummary,
    /// What its agent saw last; `null` when it has not told yet.
    observation: Option<Observation>,
    /// The X25519 public key that secrets for it are sealed to, as base64url without padding.
    sealing_key: String,
    /// Its organisation, which a seal is bound to.
    #[schema(value_type = String, format = "uuid")]
    organization_id: OrganizationId,
}

/// Shows a device.
#[utoipa::path(get, path = "/api/v1/devices/{id}", tag = "devices", params(("id" = String, Path, description = "The device")), responses(
    (status = 200, description = "The device", body = DeviceDetails),
    (status = "4XX", description = "A problem", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn show_device(
    State(app): State<SharedApp>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<DeviceDetails>, Problem> {
    let device = super::find(&app, &caller, &id).await?;
    let observation = store::observation::find(&app.store, device.id).await?;
    Ok(Json(DeviceDetails {
        summary: DeviceSummary::of(&device, &app),
        observation,
        sealing_key: device.sealing_key.0.to_text(),
        organization_id: device.organization_id,
    }))
}
