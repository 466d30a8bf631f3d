//! `DELETE /api/v1/people/{id}`: somebody may no longer sign in.

use axum::extract::State;
use axum::http::StatusCode;
use trust::id::PersonId;

use super::done;
use crate::app::{App, SharedApp};
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::PathOf;
use crate::problem::{Problem, ProblemView};

/// Removes a person and ends the sessions. The audit log keeps what was done under the name.
#[utoipa::path(delete, path = "/api/v1/people/{id}", tag = "people", params(("id" = String, Path, description = "The person"), ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), responses(
    (status = 204, description = "It is so"),
    (status = 409, description = "`last_owner` or `idempotency_key_reused`", body = ProblemView, content_type = "application/problem+json"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn remove_person(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
    key: IdempotencyKey,
) -> Result<StatusCode, Problem> {
    remove(&app, &caller, &key, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Removes a person.
pub(crate) async fn remove(
    app: &App,
    caller: &Caller,
    key: &IdempotencyKey,
    id: &str,
) -> Result<(), Problem> {
    let id: PersonId = id.parse().map_err(|_| Problem::not_found())?;
    let request = key.request(caller, "remove_person", &id, app.now());
    done(app, store::person::remove(&app.store, &request, id).await?)
}
