//! `POST /api/v1/devices/{id}/recovery-key/sealed`: a recovery key that the server cannot read is handed out as it is, for the
//! organisation's offline key to open.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use trust::escrow::EscrowKind;
use utoipa::ToSchema;
use wire::offline::Export;

use super::Wanted;
use super::asked::Asked;
use super::note::note;
use super::open::{Opened, look};
use super::reveal::version_to_show;
use crate::app::{App, SharedApp};
use crate::devices::find;
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::PathOf;
use crate::problem::{Problem, ProblemView};

/// Why somebody is to have a sealed recovery key.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct SealedKeyInput {
    /// Why, for the audit log.
    reason: String,
    /// Which version; the current one unless told, or the newest when none is current.
    version: Option<u32>,
}

/// Hands out a recovery key that is sealed to the offline key. It counts as shown: it is noted, and the Mac replaces the key an
/// hour later. The same request again answers `already_revealed`.
#[utoipa::path(post, path = "/api/v1/devices/{id}/recovery-key/sealed", tag = "escrow", params(("id" = String, Path, description = "The device"), ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = SealedKeyInput, responses(
    (status = 200, description = "What `bestow open-escrow` opens", body = Object),
    (status = 404, description = "`not_found`: no such device or version", body = ProblemView, content_type = "application/problem+json"),
    (status = 409, description = "`already_revealed`, `idempotency_key_reused`, `secret_destroyed`, `vault_key_missing`, `approval_needed` or `approval_needs_person`", body = ProblemView, content_type = "application/problem+json"),
    (status = 422, description = "`no_recovery_key`", body = ProblemView, content_type = "application/problem+json"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn hand_out_sealed_recovery_key(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
    key: IdempotencyKey,
    asked: Asked,
) -> Result<impl IntoResponse, Problem> {
    let device = find(&app, &caller, &id).await?;
    let wanted = Wanted::of(&device, EscrowKind::PersonalRecoveryKey);
    let export = hand_out(&app, &caller, wanted, &key, &asked).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(export)))
}

/// Hands out a version that is sealed to the offline key, and notes that it does before it does.
pub(crate) async fn hand_out(
    app: &App,
    caller: &Caller,
    whose: Wanted<'_>,
    key: &IdempotencyKey,
    asked: &Asked,
) -> Result<Export, Problem> {
    let Wanted { line, device_id } = whose;
    let wanted = version_to_show(app, line, asked.version).await?;
    let export = match look(app, line, wanted).await?.ok_or_else(Problem::not_found)? {
        Opened::Offline { belonging, secret } => Export {
            belonging,
            version: wanted,
            secret: *secret,
        },
        Opened::Secret(_) => {
            let rule = "is one that is sealed to the offline key; this one the server shows";
            return Err(Problem::invalid("version", rule));
        }
    };
    let operation = "hand_out_sealed_recovery_key";
    note(app, caller, whose, (key, operation), asked, wanted).await?;
    tracing::info!(device = %device_id, actor = %caller.actor, version = wanted, "sealed recovery key handed out");
    Ok(export)
}

#[cfg(test)]
mod tests;
