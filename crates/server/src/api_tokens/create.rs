//! `POST /api/v1/api-tokens`: a token for a program, shown once.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use store::api_token::{Created, Issued};
use trust::access::{Permission, Rights, Role};
use trust::code::Code;
use trust::time::Timestamp;
use utoipa::ToSchema;

use crate::access::role_missing;
use crate::app::{App, SharedApp};
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::{PERSON_ROLE, SCOPES, SECONDS, SecretBody, TOKEN_NAME};
use crate::problem::{Problem, ProblemView};
use crate::token::{self, Purpose};

/// What is wanted.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct ApiTokenInput {
    /// Its name, which stands in the audit log: 1 to 64 letters, digits and `. _ -`.
    name: String,
    /// What it brings.
    role: Role,
    /// Which permissions of the role it brings; all of them unless told.
    scopes: Option<Vec<Permission>>,
    /// How long it is valid, in seconds: up to 30 days; for good unless told.
    valid_for_s: Option<u64>,
}

/// A token. It is shown this once.
#[derive(Serialize, ToSchema)]
pub(crate) struct ApiToken {
    /// The token.
    pub token: String,
    /// Until when it is valid; for good when there is none.
    expires_at: Option<Timestamp>,
}

/// Makes a token for a program. The same request again answers `already_revealed`.
#[utoipa::path(post, path = "/api/v1/api-tokens", tag = "people", params(("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = ApiTokenInput, responses(
    (status = 201, description = "The token, shown once", body = ApiToken),
    (status = 409, description = "`name_taken`, `already_revealed` or `idempotency_key_reused`", body = ProblemView, content_type = "application/problem+json"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn create_api_token(
    State(app): State<SharedApp>,
    caller: Caller,
    key: IdempotencyKey,
    body: SecretBody,
) -> Result<(StatusCode, Json<ApiToken>), Problem> {
    let mut fields = body.fields()?;
    let name = fields.required("name", &TOKEN_NAME)?;
    let role = fields.required("role", &PERSON_ROLE)?;
    let scopes = fields.optional("scopes", &SCOPES)?;
    let valid_for_s = fields.optional("valid_for_s", &SECONDS)?;
    fields.end()?;
    let order = Order {
        name,
        role,
        scopes,
        valid_for: valid_for_s.map(Duration::from_secs),
    };
    Ok((
        StatusCode::CREATED,
        Json(create(&app, &caller, &key, order).await?),
    ))
}

/// A token that is wanted.
pub(crate) struct Order {
    /// Its name.
    pub name: String,
    /// What it brings.
    pub role: Role,
    /// Which permissions of the role it brings; all of them where there are none.
    pub scopes: Option<Rights>,
    /// How long it is valid; for good where nothing is told.
    pub valid_for: Option<Duration>,
}

/// Makes a token.
pub(crate) async fn create(
    app: &App,
    caller: &Caller,
    key: &IdempotencyKey,
    order: Order,
) -> Result<ApiToken, Problem> {
    let Order {
        name,
        role,
        scopes,
        valid_for,
    } = order;
    check_rights(caller, role, scopes)?;
    let now = app.now();
    let expires_at = valid_for.map(|valid_for| token::expiry(now, valid_for));
    let expires_at = expires_at.transpose()?;
    let secret = token::new(Purpose::ApiToken, &app.entropy);
    let valid_for_s = valid_for.map(|valid_for| valid_for.as_secs());
    let asked = (&name, role, scopes.map(Rights::list), valid_for_s);
    let request = key.request(caller, "create_api_token", &asked, now);
    let issued = Issued {
        hash: token::hash(&secret),
        name,
        role,
        scopes,
        expires_at,
    };
    match store::api_token::issue(&app.store, &request, &issued).await? {
        Created::Now => {}
        Created::Before => return Err(Problem::conflict(Code::AlreadyRevealed)),
        Created::NameTaken => return Err(Problem::conflict(Code::NameTaken)),
        Created::KeyReused => return Err(Problem::conflict(Code::IdempotencyKeyReused)),
    }
    Ok(ApiToken {
        token: secret,
        expires_at,
    })
}

/// Scopes are permissions of the role, and nobody gives what he has not.
fn check_rights(caller: &Caller, role: Role, scopes: Option<Rights>) -> Result<(), Problem> {
    let wanted = scopes.unwrap_or_else(|| role.rights());
    if !role.rights().cover(wanted) {
        return Err(Problem::invalid("scopes", "holds permissions of the role only"));
    }
    let lacking = wanted.list().into_iter().find(|scope| !caller.rights.may(*scope));
    lacking.map_or(Ok(()), |permission| Err(role_missing(permission)))
}
