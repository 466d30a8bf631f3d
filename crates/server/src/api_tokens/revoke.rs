//! `DELETE /api/v1/api-tokens/{name}`: a program may no longer ask.

use axum::extract::State;
use axum::http::StatusCode;
use store::api_token::Revoked;
use trust::code::Code;

use crate::app::{App, SharedApp};
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::PathOf;
use crate::problem::{Problem, ProblemView};

/// Ends a program's token. It is no longer valid from the next request on.
#[utoipa::path(delete, path = "/api/v1/api-tokens/{name}", tag = "people", params(("name" = String, Path, description = "The token's name"), ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), responses(
    (status = 204, description = "It is no longer valid"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn revoke_api_token(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(name): PathOf,
    key: IdempotencyKey,
) -> Result<StatusCode, Problem> {
    revoke(&app, &caller, &key, &name).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends a token.
pub(crate) async fn revoke(
    app: &App,
    caller: &Caller,
    key: &IdempotencyKey,
    name: &str,
) -> Result<(), Problem> {
    let request = key.request(caller, "revoke_api_token", &name, app.now());
    match store::api_token::revoke(&app.store, &request, name).await? {
        Revoked::Done => Ok(()),
        Revoked::NotFound => Err(Problem::not_found()),
        Revoked::KeyReused => Err(Problem::conflict(Code::IdempotencyKeyReused)),
    }
}
