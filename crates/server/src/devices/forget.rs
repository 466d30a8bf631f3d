//! `POST /api/v1/devices/{id}/forget`: a person's decision that a device is not looked after any more.

use axum::extract::State;
use axum::http::StatusCode;
use store::device::{Forget, Forgotten};
use trust::code::Code;
use utoipa::ToSchema;

use crate::app::{App, SharedApp};
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::{PathOf, SAID, SecretBody, TEXT};
use crate::problem::{Problem, ProblemView};

/// That a device is to be forgotten.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct ForgetInput {
    /// The device's name, as it is shown, letter by letter: it cannot be taken back.
    confirm_device_name: String,
    /// Why, for the audit log.
    reason: String,
}

/// Forgets a device: everything that is known of it is deleted but the audit log. What the vault keeps of its serial number stays for as
/// many days as the policy says, and is found again when the Mac comes back by then.
#[utoipa::path(post, path = "/api/v1/devices/{id}/forget", tag = "devices", params(("id" = String, Path, description = "The device"), ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = ForgetInput, responses(
    (status = 204, description = "It is forgotten"),
    (status = 409, description = "`device_in_bulk_run` or `idempotency_key_reused`", body = ProblemView, content_type = "application/problem+json"),
    (status = 422, description = "`device_not_confirmed`", body = ProblemView, content_type = "application/problem+json"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn forget_device(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
    key: IdempotencyKey,
    body: SecretBody,
) -> Result<StatusCode, Problem> {
    let mut fields = body.fields()?;
    let typed_name = fields.required("confirm_device_name", &TEXT)?;
    let reason = fields.required("reason", &SAID)?;
    fields.end()?;
    forget(&app, &caller, &id, &key, (&typed_name, &reason)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Forgets the device that an address names.
pub(crate) async fn forget(
    app: &App,
    caller: &Caller,
    id: &str,
    key: &IdempotencyKey,
    (typed_name, reason): (&str, &str),
) -> Result<(), Problem> {
    let device_id = id.parse().map_err(|_| Problem::not_found())?;
    let request = key.request(
        caller,
        "forget_device",
        &(device_id, typed_name, reason),
        app.now(),
    );
    let forget = Forget {
        request: &request,
        device_id,
        typed_name,
        reason,
    };
    let ended = match store::device::forget(&app.store, &forget).await? {
        Forgotten::Gone { ended } => ended,
        Forgotten::NotFound => return Err(Problem::not_found()),
        Forgotten::NotConfirmed => return Err(Problem::unprocessable(Code::DeviceNotConfirmed)),
        Forgotten::InBulkRun => return Err(Problem::conflict(Code::DeviceInBulkRun)),
        Forgotten::KeyReused => return Err(Problem::conflict(Code::IdempotencyKeyReused)),
    };
    for changed in ended {
        app.action_changed(changed);
    }
    app.events.device(caller.organization_id, device_id);
    // Its agent waits for a ring, and is told that nobody knows it any more.
    app.bell.ring(device_id);
    Ok(())
}

#[cfg(test)]
mod tests;
