//! `DELETE /api/v1/sessions/{id}`: somebody is signed out by somebody else.

use axum::extract::State;
use axum::http::StatusCode;
use store::session::Ended;
use trust::code::Code;
use trust::id::SessionId;

use crate::app::{App, SharedApp};
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::PathOf;
use crate::problem::{Problem, ProblemView};

/// Ends a session, and the streams that were opened by it.
#[utoipa::path(delete, path = "/api/v1/sessions/{id}", tag = "people", params(("id" = String, Path, description = "The session"), ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), responses(
    (status = 204, description = "It is over"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn end_session(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
    key: IdempotencyKey,
) -> Result<StatusCode, Problem> {
    end(&app, &caller, &key, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends a session.
pub(crate) async fn end(app: &App, caller: &Caller, key: &IdempotencyKey, id: &str) -> Result<(), Problem> {
    let id: SessionId = id.parse().map_err(|_| Problem::not_found())?;
    let request = key.request(caller, "end_session", &id, app.now());
    match store::session::revoke(&app.store, &request, id).await? {
        Ended::Now(hash) => app.events.session_ended(&hash),
        Ended::Before => {}
        Ended::NotFound => return Err(Problem::not_found()),
        Ended::KeyReused => return Err(Problem::conflict(Code::IdempotencyKeyReused)),
    }
    Ok(())
}
