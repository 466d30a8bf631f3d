//! `POST /api/v1/devices/{id}/recovery-key/reveal`: a recovery key is shown to somebody, once. Whatever else is kept is shown by
//! [`reveal`] as well.

use axum::extract::State;
use axum::response::IntoResponse;
use store::escrow::Line;
use trust::code::Code;
use trust::escrow::EscrowKind;
use utoipa::ToSchema;

use super::Wanted;
use super::asked::Asked;
use super::note::note;
use super::open::open;
use super::shown::{RevealView, Shown, answer, showing};
use crate::app::{App, SharedApp};
use crate::devices::find;
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::PathOf;
use crate::problem::{Problem, ProblemView};

/// Why somebody is to see a kept secret.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct RevealInput {
    /// Why, for the audit log.
    reason: String,
    /// Which version; the current one unless told, or the newest when none is current.
    version: Option<u32>,
}

/// Shows a recovery key, notes who saw it and why, and has the Mac replace it an hour later. A second look does not put that
/// off. The same request again answers `already_revealed`.
#[utoipa::path(post, path = "/api/v1/devices/{id}/recovery-key/reveal", tag = "escrow", params(("id" = String, Path, description = "The device"), ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = RevealInput, responses(
    (status = 200, description = "The key, shown once", body = RevealView),
    (status = 404, description = "`not_found`: no such device or version", body = ProblemView, content_type = "application/problem+json"),
    (status = 409, description = "`already_revealed`, `idempotency_key_reused`, `sealed_offline`, `secret_destroyed`, `vault_key_missing`, `approval_needed` or `approval_needs_person`", body = ProblemView, content_type = "application/problem+json"),
    (status = 422, description = "`no_recovery_key`", body = ProblemView, content_type = "application/problem+json"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn reveal_recovery_key(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
    key: IdempotencyKey,
    asked: Asked,
) -> Result<impl IntoResponse, Problem> {
    let device = find(&app, &caller, &id).await?;
    let wanted = Wanted::of(&device, EscrowKind::PersonalRecoveryKey);
    let shown = reveal(&app, &caller, wanted, &key, &asked).await?;
    Ok(answer(&shown))
}

/// Opens a version, and notes that it is shown before it is.
pub(crate) async fn reveal(
    app: &App,
    caller: &Caller,
    whose: Wanted<'_>,
    key: &IdempotencyKey,
    asked: &Asked,
) -> Result<Shown, Problem> {
    let Wanted { line, device_id } = whose;
    let showing = showing(line.kind)?;
    let wanted = version_to_show(app, line, asked.version).await?;
    let secret = open(app, line, wanted).await?.ok_or_else(Problem::not_found)?;
    let after = note(app, caller, whose, (key, "reveal"), asked, wanted).await?;
    tracing::info!(device = %device_id, actor = %caller.actor, kind = line.kind.word(), version = wanted, "kept secret shown");
    Ok(Shown {
        kind: line.kind,
        showing,
        version: wanted,
        secret,
        proved_at: after.proved_at.filter(|_| after.current == Some(wanted)),
        rotate_after: after.replaced_after(line.kind),
    })
}

/// The version that is shown when this one is asked for, or none in particular. None is that was destroyed.
pub(super) async fn version_to_show(app: &App, line: Line<'_>, asked: Option<u32>) -> Result<u32, Problem> {
    let showing = showing(line.kind)?;
    let standing = store::escrow::standing(&app.store, line).await?;
    let wanted = asked.or(standing.to_show());
    match wanted.unwrap_or(standing.latest) {
        0 => Err(showing
            .when_none
            .map_or_else(Problem::not_found, Problem::unprocessable)),
        version if version <= standing.destroyed => Err(Problem::conflict(Code::SecretDestroyed)),
        version => Ok(version),
    }
}

#[cfg(test)]
mod tests;
