//! `POST /api/v1/devices/{id}/recovery-key/reveal`: a recovery key is shown to somebody, once. Whatever else is kept is shown by
//! [`reveal`] as well.

use std::time::Duration;

use axum::extract::State;
use axum::response::IntoResponse;
use serde_json::value::RawValue;
use store::escrow::{Asker, Line, Reveal, Revealed};
use trust::code::Code;
use trust::escrow::EscrowKind;
use utoipa::ToSchema;

use super::Wanted;
use super::open::open;
use super::shown::{RevealView, Shown, answer, showing};
use crate::app::{App, SharedApp};
use crate::devices::find;
use crate::idempotency::{IdempotencyKey, shown_once};
use crate::identity::Caller;
use crate::input::{PathOf, Rule, SAID, SecretBody};
use crate::problem::{Problem, ProblemView};

/// How long somebody else has to approve, and the asker to look.
const APPROVAL_LASTS: Duration = Duration::from_hours(1);

pub(crate) const VERSION: Rule<u32> = Rule {
    says: "is the number of a version, from 1",
    read: |value: &RawValue| {
        let number = serde_json::from_str(value.get()).ok();
        number.filter(|number| *number > 0)
    },
};

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
    body: SecretBody,
) -> Result<impl IntoResponse, Problem> {
    let mut fields = body.fields()?;
    let reason = fields.required("reason", &SAID)?;
    let version = fields.optional("version", &VERSION)?;
    fields.end()?;
    let device = find(&app, &caller, &id).await?;
    let wanted = Wanted::of(&device, EscrowKind::PersonalRecoveryKey);
    let shown = reveal(&app, &caller, wanted, &key, (version, &reason)).await?;
    Ok(answer(&shown))
}

/// Opens a version, and notes that it is shown before it is.
pub(crate) async fn reveal(
    app: &App,
    caller: &Caller,
    Wanted { line, device_id }: Wanted<'_>,
    key: &IdempotencyKey,
    (version, reason): (Option<u32>, &str),
) -> Result<Shown, Problem> {
    let showing = showing(line.kind)?;
    let wanted = version_to_show(app, line, version).await?;
    let secret = open(app, line, wanted).await?.ok_or_else(Problem::not_found)?;
    let asked = (device_id, line.serial_number, line.kind, version, reason);
    let request = key.request(caller, "reveal", &asked, app.now());
    let reveal = Reveal {
        request: &request,
        line,
        version: wanted,
        device_id,
        reason,
        asker: asker(app, caller),
    };
    let after = match store::escrow::reveal(&app.store, &reveal).await? {
        Revealed::Now(standing) => standing,
        Revealed::Not(known) => {
            shown_once(&known)?;
            return Err(Problem::conflict(Code::AlreadyRevealed));
        }
        Revealed::NoSuchVersion => return Err(Problem::not_found()),
        Revealed::Asked => return Err(Problem::conflict(Code::ApprovalNeeded)),
        Revealed::NotAPerson => return Err(Problem::conflict(Code::ApprovalNeedsPerson)),
    };
    tracing::info!(device = %device_id, actor = %caller.actor, kind = line.kind.word(), version = wanted, "kept secret shown");
    app.events.device(line.organization_id, device_id);
    // Its agent learns by the next check-in that another key is wanted.
    app.bell.ring(device_id);
    Ok(Shown {
        kind: line.kind,
        showing,
        version: wanted,
        secret,
        proved_at: after.proved_at.filter(|_| after.current == Some(wanted)),
        rotate_after: after.rotate_after.filter(|_| showing.is_replaced),
    })
}

/// Who asks, should somebody else have to approve.
pub(super) fn asker(app: &App, caller: &Caller) -> Asker {
    Asker {
        person_id: caller.person_id,
        request_id: app.entropy.id(app.now()),
        expires_at: app.now().plus(APPROVAL_LASTS),
    }
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
