//! `POST /api/v1/vault/lines/{serial_number}/{kind}/enter`: somebody enters a password that no agent brings.

use axum::Json;
use axum::extract::State;
use secrecy::{ExposeSecret as _, SecretString};
use trust::enrolment::SerialNumber;
use trust::escrow::{EscrowKind, is_enterable};
use utoipa::ToSchema;

use super::entering::{Said, prepare, save};
use super::find;
use super::view::{VaultLineDetail, detail};
use crate::app::{App, SharedApp};
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::{FLAG, PathOfTwo, REASON, SERIAL_NUMBER, SecretBody};
use crate::problem::{Problem, ProblemView};

/// The rule of a value.
pub(crate) const VALUE: &str = "is a text of 1 to 255 bytes without control characters";

/// The rule of a kind.
pub(crate) const ENTERED_KIND: &str = "is `recovery_lock` or `firmware_password`: people enter nothing else";

/// A password that somebody enters.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct EnterInput {
    /// The password.
    #[schema(format = Password)]
    value: String,
    /// Whether the Mac had it before, or may still have it; otherwise it is the one that the Mac has. Up to 20 of these are kept.
    legacy: Option<bool>,
    /// Why, for the audit log.
    reason: Option<String>,
}

/// Keeps a Recovery Lock or firmware password of a Mac, enrolled or not. What is there already is not kept twice. Bestow neither sets
/// the password on the Mac nor tries it there.
#[utoipa::path(post, path = "/api/v1/vault/lines/{serial_number}/{kind}/enter", tag = "escrow", params(("serial_number" = String, Path, description = "The Mac's serial number"), ("kind" = String, Path, description = "`recovery_lock` or `firmware_password`"), ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = EnterInput, responses(
    (status = 200, description = "The line, without its secrets", body = VaultLineDetail),
    (status = 409, description = "`too_many_legacy_values` or `idempotency_key_reused`", body = ProblemView, content_type = "application/problem+json"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn enter_into_vault(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOfTwo(serial_number, kind): PathOfTwo,
    key: IdempotencyKey,
    body: SecretBody,
) -> Result<Json<VaultLineDetail>, Problem> {
    let mut fields = body.fields()?;
    let value = fields.optional_secret("value")?;
    let legacy = fields.optional("legacy", &FLAG)?.unwrap_or_default();
    let reason = fields.optional("reason", &REASON)?;
    fields.end()?;
    let said = Said {
        serial_number: serial(&serial_number)?,
        kind: entered_kind(&kind)?,
        value: enterable(value)?,
        legacy,
    };
    let serial_number = said.serial_number.clone();
    enter(&app, &caller, &key, said, reason.as_deref()).await?;
    let kept = find(&app, &caller, serial_number.as_str(), &kind).await?;
    detail(&app, caller.organization_id, kept).await.map(Json)
}

/// The serial number of this text.
pub(crate) fn serial(text: &str) -> Result<SerialNumber, Problem> {
    text.parse()
        .map_err(|_| Problem::invalid("serial_number", SERIAL_NUMBER.says))
}

/// The kind of this word, which people enter.
pub(crate) fn entered_kind(word: &str) -> Result<EscrowKind, Problem> {
    EscrowKind::from_word(word)
        .filter(|kind| kind.is_entered())
        .ok_or_else(|| Problem::invalid("kind", ENTERED_KIND))
}

/// A value that can be kept.
pub(crate) fn enterable(value: Option<SecretString>) -> Result<SecretString, Problem> {
    value
        .filter(|value| is_enterable(value.expose_secret()))
        .ok_or_else(|| Problem::invalid("value", VALUE))
}

/// Keeps one value.
pub(crate) async fn enter(
    app: &App,
    caller: &Caller,
    key: &IdempotencyKey,
    said: Said,
    reason: Option<&str>,
) -> Result<(), Problem> {
    let asked = (said.serial_number.as_str(), said.kind, said.legacy, reason);
    let request = key.request(caller, "enter_into_vault", &asked, app.now());
    let said = [said];
    let prepared = prepare(app, &request, &said).await?;
    save(app, &request, prepared, reason, String::new()).await?;
    Ok(())
}

#[cfg(test)]
mod tests;
