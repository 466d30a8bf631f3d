//! `POST /api/v1/devices/{id}/recovery-key/sealed`: a recovery key that the server cannot read is handed out as it is, for the
//! organisation's offline key to open.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use store::escrow::{Reveal, Revealed};
use trust::code::Code;
use trust::escrow::EscrowKind;
use utoipa::ToSchema;
use wire::offline::Export;

use super::Wanted;
use super::open::{Opened, look};
use super::reveal::{VERSION, asker, version_to_show};
use crate::app::{App, SharedApp};
use crate::devices::find;
use crate::idempotency::{IdempotencyKey, shown_once};
use crate::identity::Caller;
use crate::input::{PathOf, SAID, SecretBody};
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
    body: SecretBody,
) -> Result<impl IntoResponse, Problem> {
    let mut fields = body.fields()?;
    let reason = fields.required("reason", &SAID)?;
    let version = fields.optional("version", &VERSION)?;
    fields.end()?;
    let device = find(&app, &caller, &id).await?;
    let wanted = Wanted::of(&device, EscrowKind::PersonalRecoveryKey);
    let export = hand_out(&app, &caller, wanted, &key, (version, &reason)).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(export)))
}

/// Hands out a version that is sealed to the offline key, and notes that it does before it does.
pub(crate) async fn hand_out(
    app: &App,
    caller: &Caller,
    Wanted { line, device_id }: Wanted<'_>,
    key: &IdempotencyKey,
    (version, reason): (Option<u32>, &str),
) -> Result<Export, Problem> {
    let wanted = version_to_show(app, line, version).await?;
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
    let asked = (device_id, line.serial_number, line.kind, version, reason);
    let reveal = Reveal {
        request: &key.request(caller, "hand_out_sealed_recovery_key", &asked, app.now()),
        line,
        version: wanted,
        device_id,
        reason,
        asker: asker(app, caller),
    };
    match store::escrow::reveal(&app.store, &reveal).await? {
        Revealed::Now(_) => {}
        Revealed::Not(known) => {
            shown_once(&known)?;
            return Err(Problem::conflict(Code::AlreadyRevealed));
        }
        Revealed::NoSuchVersion => return Err(Problem::not_found()),
        Revealed::Asked => return Err(Problem::conflict(Code::ApprovalNeeded)),
        Revealed::NotAPerson => return Err(Problem::conflict(Code::ApprovalNeedsPerson)),
    }
    tracing::info!(device = %device_id, actor = %caller.actor, version = wanted, "sealed recovery key handed out");
    app.events.device(line.organization_id, device_id);
    app.bell.ring(device_id);
    Ok(export)
}

#[cfg(test)]
mod tests;
