//! `POST /api/v1/vault/lines/{serial_number}/{kind}/sealed`: the same of a version that the server cannot read.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;

use super::find;
use crate::app::SharedApp;
use crate::escrow::Wanted;
use crate::escrow::asked::Asked;
use crate::escrow::offline::{SealedKeyInput, hand_out};
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::PathOfTwo;
use crate::problem::{Problem, ProblemView};

/// Hands out a version of a line that is sealed to the offline key. It counts as shown.
#[utoipa::path(post, path = "/api/v1/vault/lines/{serial_number}/{kind}/sealed", tag = "escrow", params(("serial_number" = String, Path, description = "The Mac's serial number"), ("kind" = String, Path, description = "What is kept, such as `personal_recovery_key`"), ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = SealedKeyInput, responses(
    (status = 200, description = "What `bestow open-escrow` opens", body = Object),
    (status = 404, description = "`no_vault_line`, or `not_found` of a version", body = ProblemView, content_type = "application/problem+json"),
    (status = 409, description = "`already_revealed`, `idempotency_key_reused`, `secret_destroyed`, `vault_key_missing`, `approval_needed` or `approval_needs_person`", body = ProblemView, content_type = "application/problem+json"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn hand_out_sealed_vault_line(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOfTwo(serial_number, kind): PathOfTwo,
    key: IdempotencyKey,
    asked: Asked,
) -> Result<impl IntoResponse, Problem> {
    let kept = find(&app, &caller, &serial_number, &kind).await?;
    let wanted = Wanted::of_line(&kept, caller.organization_id);
    let export = hand_out(&app, &caller, wanted, &key, &asked).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(export)))
}
