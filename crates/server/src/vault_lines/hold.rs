//! `PUT` and `DELETE /api/v1/vault/lines/{serial_number}/{kind}/legal-hold`: an owner keeps a line from being destroyed, or lets go.

use axum::Json;
use axum::extract::State;
use store::escrow::{Hold, Holding};
use utoipa::ToSchema;

use super::view::{VaultLineDetail, detail};
use super::{find, no_line};
use crate::app::{App, SharedApp};
use crate::idempotency::{IdempotencyKey, done_once};
use crate::identity::Caller;
use crate::input::{PathOfTwo, SAID, SecretBody};
use crate::problem::{Problem, ProblemView};

/// Why a legal hold is set or lifted.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct LegalHoldInput {
    /// Why, for the audit log.
    reason: String,
}

/// Sets a legal hold: nothing of the line is destroyed until it is lifted, however long the Mac is forgotten.
#[utoipa::path(put, path = "/api/v1/vault/lines/{serial_number}/{kind}/legal-hold", tag = "escrow", params(("serial_number" = String, Path, description = "The Mac's serial number"), ("kind" = String, Path, description = "What is kept, such as `personal_recovery_key`"), ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = LegalHoldInput, responses(
    (status = 200, description = "The line as it is now", body = VaultLineDetail),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn set_legal_hold(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOfTwo(serial_number, kind): PathOfTwo,
    key: IdempotencyKey,
    body: SecretBody,
) -> Result<Json<VaultLineDetail>, Problem> {
    let reason = read(&body)?;
    hold(&app, &caller, (&serial_number, &kind), &key, (true, &reason)).await?;
    let kept = find(&app, &caller, &serial_number, &kind).await?;
    detail(&app, caller.organization_id, kept).await.map(Json)
}

/// Lifts a legal hold. What has outlived its time by then is destroyed within the hour.
#[utoipa::path(delete, path = "/api/v1/vault/lines/{serial_number}/{kind}/legal-hold", tag = "escrow", params(("serial_number" = String, Path, description = "The Mac's serial number"), ("kind" = String, Path, description = "What is kept, such as `personal_recovery_key`"), ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = LegalHoldInput, responses(
    (status = 200, description = "The line as it is now", body = VaultLineDetail),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn lift_legal_hold(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOfTwo(serial_number, kind): PathOfTwo,
    key: IdempotencyKey,
    body: SecretBody,
) -> Result<Json<VaultLineDetail>, Problem> {
    let reason = read(&body)?;
    hold(&app, &caller, (&serial_number, &kind), &key, (false, &reason)).await?;
    let kept = find(&app, &caller, &serial_number, &kind).await?;
    detail(&app, caller.organization_id, kept).await.map(Json)
}

fn read(body: &SecretBody) -> Result<String, Problem> {
    let mut fields = body.fields()?;
    let reason = fields.required("reason", &SAID)?;
    fields.end()?;
    Ok(reason)
}

/// Sets a legal hold on the line that an address names, or lifts it.
pub(crate) async fn hold(
    app: &App,
    caller: &Caller,
    (serial_number, kind): (&str, &str),
    key: &IdempotencyKey,
    (held, reason): (bool, &str),
) -> Result<(), Problem> {
    let kept = find(app, caller, serial_number, kind).await?;
    let asked = (serial_number, kind, held, reason);
    let request = key.request(caller, "hold_vault_line", &asked, app.now());
    let hold = Hold {
        request: &request,
        line: kept.line(caller.organization_id),
        held,
        reason,
    };
    match store::escrow::hold(&app.store, &hold).await? {
        Holding::Now(_) => Ok(()),
        Holding::Not(known) => done_once(&known),
        Holding::NoSuchLine => Err(no_line()),
    }
}
