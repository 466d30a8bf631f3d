//! `POST /api/v1/devices/{id}/local-administrator/reveal`: a password is shown to somebody, once, by the same path as a recovery key.

use axum::extract::State;
use axum::response::IntoResponse;
use trust::escrow::EscrowKind;

use crate::app::SharedApp;
use crate::devices::find;
use crate::escrow::Wanted;
use crate::escrow::asked::Asked;
use crate::escrow::reveal::{RevealInput, reveal};
use crate::escrow::shown::{RevealView, answer};
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::PathOf;
use crate::problem::{Problem, ProblemView};

/// Shows a local administrator's password, notes who saw it and why, and has the Mac replace it an hour later. A second look does
/// not put that off. The same request again answers `already_revealed`.
#[utoipa::path(post, path = "/api/v1/devices/{id}/local-administrator/reveal", tag = "escrow", params(("id" = String, Path, description = "The device"), ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = RevealInput, responses(
    (status = 200, description = "The password, shown once", body = RevealView),
    (status = 404, description = "`not_found`: no such device or version", body = ProblemView, content_type = "application/problem+json"),
    (status = 409, description = "`already_revealed`, `idempotency_key_reused`, `secret_destroyed`, `vault_key_missing`, `approval_needed` or `approval_needs_person`", body = ProblemView, content_type = "application/problem+json"),
    (status = 422, description = "`no_local_administrator_password`", body = ProblemView, content_type = "application/problem+json"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn reveal_local_administrator(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
    key: IdempotencyKey,
    asked: Asked,
) -> Result<impl IntoResponse, Problem> {
    let device = find(&app, &caller, &id).await?;
    let wanted = Wanted::of(&device, EscrowKind::LocalAdministratorPassword);
    let shown = reveal(&app, &caller, wanted, &key, &asked).await?;
    Ok(answer(&shown))
}
