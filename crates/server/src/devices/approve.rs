//! `POST /api/v1/devices/{id}/approve`: an administrator's word that a pending device is what it claims to be.

use axum::Json;
use axum::extract::{Path, State};
use store::device::{Approval, Approved};
use trust::code::Code;

use super::view::DeviceSummary;
use crate::app::SharedApp;
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::problem::Problem;

/// Approves a pending device. A device with its serial number or hardware UUID gives way to it.
#[utoipa::path(post, path = "/api/v1/devices/{id}/approve", tag = "devices", params(("id" = String, Path, description = "The device"), ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), responses(
    (status = 200, description = "The approved device", body = DeviceSummary),
    (status = "4XX", description = "A problem", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn approve_device(
    State(app): State<SharedApp>,
    caller: Caller,
    Path(id): Path<String>,
    key: IdempotencyKey,
) -> Result<Json<DeviceSummary>, Problem> {
    let device_id = id.parse().map_err(|_| Problem::not_found())?;
    let approval = Approval {
        request: key.request(&caller, "approve_device", &device_id, app.now()),
        device_id,
    };
    match store::device::approve(&app.store, &approval).await? {
        Approved::Device(device) => {
            app.events.device(device.organization_id, device.id);
            app.bell.ring(device.id);
            Ok(Json(DeviceSummary::of(&device, &app)))
        }
        Approved::NotFound => Err(Problem::not_found()),
        Approved::KeyReused => Err(Problem::conflict(Code::IdempotencyKeyReused)),
    }
}
