//! `POST /api/v1/devices/{id}/local-administrator/reveal`: a password is shown to somebody, once, by the same path as a recovery key.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use secrecy::ExposeSecret as _;
use serde::Serialize;
use trust::escrow::EscrowKind;
use trust::local_administrator::spell;
use trust::time::Timestamp;
use utoipa::ToSchema;

use crate::app::SharedApp;
use crate::devices::find;
use crate::escrow::Wanted;
use crate::escrow::reveal::{RevealInput, SpelledGroup, VERSION, reveal};
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::{PathOf, SAID, SecretBody};
use crate::problem::{Problem, ProblemView};

/// A password of a local administrator. It is shown this once to this request.
#[derive(Serialize, ToSchema)]
pub(crate) struct PasswordView {
    /// The version.
    version: u32,
    /// The password.
    password: String,
    /// The password for reading out: groups of four, each with the words of its characters.
    spelled: Vec<SpelledGroup>,
    /// When it was last proved on the Mac; `null` when it never was, or is not the one in force.
    proved_at: Option<Timestamp>,
    /// From when on the Mac is to have another one.
    rotate_after: Option<Timestamp>,
}

/// Shows a local administrator's password, notes who saw it and why, and has the Mac replace it an hour later. A second look does
/// not put that off. The same request again answers `already_revealed`.
#[utoipa::path(post, path = "/api/v1/devices/{id}/local-administrator/reveal", tag = "escrow", params(("id" = String, Path, description = "The device"), ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = RevealInput, responses(
    (status = 200, description = "The password, shown once", body = PasswordView),
    (status = 404, description = "`not_found`: no such device or version", body = ProblemView, content_type = "application/problem+json"),
    (status = 409, description = "`already_revealed`, `idempotency_key_reused` or `vault_key_missing`", body = ProblemView, content_type = "application/problem+json"),
    (status = 422, description = "`no_local_administrator_password`", body = ProblemView, content_type = "application/problem+json"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn reveal_local_administrator(
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
    let wanted = Wanted::of(&device, EscrowKind::LocalAdministratorPassword);
    let shown = reveal(&app, &caller, wanted, &key, (version, &reason)).await?;
    let spelled = spell(shown.key.expose_secret()).into_iter();
    let view = PasswordView {
        version: shown.version,
        password: shown.key.expose_secret().to_owned(),
        spelled: spelled
            .map(|(group, words)| SpelledGroup { group, words })
            .collect(),
        proved_at: shown.proved_at,
        rotate_after: shown.rotate_after,
    };
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(view)))
}
