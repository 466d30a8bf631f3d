//! `POST /api/v1/vault/lines/{serial_number}/{kind}/reveal`: somebody is shown what is kept of a Mac that may be gone, by the same path as
//! of one that is there.

use axum::extract::State;
use axum::response::IntoResponse;

use super::find;
use crate::app::SharedApp;
use crate::escrow::Wanted;
use crate::escrow::asked::Asked;
use crate::escrow::reveal::{RevealInput, reveal};
use crate::escrow::shown::{RevealView, answer};
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::PathOfTwo;
use crate::problem::{Problem, ProblemView};

/// Shows a version of a line, once, and notes who saw it and why. The same request again answers `already_revealed`.
#[utoipa::path(post, path = "/api/v1/vault/lines/{serial_number}/{kind}/reveal", tag = "escrow", params(("serial_number" = String, Path, description = "The Mac's serial number"), ("kind" = String, Path, description = "What is kept, such as `personal_recovery_key`"), ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = RevealInput, responses(
    (status = 200, description = "The secret, shown once", body = RevealView),
    (status = 404, description = "`no_vault_line`, or `not_found` of a version", body = ProblemView, content_type = "application/problem+json"),
    (status = 409, description = "`already_revealed`, `idempotency_key_reused`, `sealed_offline`, `secret_destroyed`, `vault_key_missing`, `approval_needed` or `approval_needs_person`", body = ProblemView, content_type = "application/problem+json"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn reveal_vault_line(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOfTwo(serial_number, kind): PathOfTwo,
    key: IdempotencyKey,
    asked: Asked,
) -> Result<impl IntoResponse, Problem> {
    let kept = find(&app, &caller, &serial_number, &kind).await?;
    let wanted = Wanted::of_line(&kept, caller.organization_id);
    let shown = reveal(&app, &caller, wanted, &key, &asked).await?;
    Ok(answer(&shown))
}
