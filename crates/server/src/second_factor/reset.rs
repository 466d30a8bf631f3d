//! `DELETE /api/v1/people/{id}/second-factor`: somebody who has lost the app and the recovery codes gets in by the password
//! alone again.

use axum::extract::State;
use axum::http::StatusCode;
use trust::id::PersonId;

use crate::app::{App, SharedApp};
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::PathOf;
use crate::people::{done, may_give};
use crate::problem::{Problem, ProblemView};

/// Takes a person's second factor away. The password is asked for as before.
#[utoipa::path(delete, path = "/api/v1/people/{id}/second-factor", tag = "people", params(("id" = String, Path, description = "The person"), ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), responses(
    (status = 204, description = "It is so"),
    (status = 404, description = "There is no such person, or no second factor", body = ProblemView, content_type = "application/problem+json"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn reset_second_factor(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
    key: IdempotencyKey,
) -> Result<StatusCode, Problem> {
    reset(&app, &caller, &key, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a person's second factor away. Whoever may not make somebody what that person is may not do this either.
pub(crate) async fn reset(app: &App, caller: &Caller, key: &IdempotencyKey, id: &str) -> Result<(), Problem> {
    let id: PersonId = id.parse().map_err(|_| Problem::not_found())?;
    let person = store::person::find(&app.store, caller.organization_id, id).await?;
    may_give(caller, person.ok_or_else(Problem::not_found)?.role)?;
    let request = key.request(caller, "reset_second_factor", &id, app.now());
    done(app, store::second_factor::reset(&app.store, &request, id).await?)
}
