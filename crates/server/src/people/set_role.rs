//! `PUT /api/v1/people/{id}/role`: somebody is something else from now on.

use axum::extract::State;
use axum::http::StatusCode;
use trust::access::Role;
use trust::id::PersonId;
use utoipa::ToSchema;

use super::{done, may_give};
use crate::app::{App, SharedApp};
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::{PERSON_ROLE, PathOf, SecretBody};
use crate::problem::{Problem, ProblemView};

/// What the person is.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct RoleInput {
    /// What the person is from now on.
    role: Role,
}

/// Gives somebody another role. It holds from the next request on.
#[utoipa::path(put, path = "/api/v1/people/{id}/role", tag = "people", params(("id" = String, Path, description = "The person"), ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = RoleInput, responses(
    (status = 204, description = "It is so"),
    (status = 409, description = "`last_owner` or `idempotency_key_reused`", body = ProblemView, content_type = "application/problem+json"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn set_person_role(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
    key: IdempotencyKey,
    body: SecretBody,
) -> Result<StatusCode, Problem> {
    let mut fields = body.fields()?;
    let role = fields.required("role", &PERSON_ROLE)?;
    fields.end()?;
    set_role(&app, &caller, &key, &id, role).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives somebody another role.
pub(crate) async fn set_role(
    app: &App,
    caller: &Caller,
    key: &IdempotencyKey,
    id: &str,
    role: Role,
) -> Result<(), Problem> {
    may_give(caller, role)?;
    let id: PersonId = id.parse().map_err(|_| Problem::not_found())?;
    let request = key.request(caller, "set_person_role", &(id, role), app.now());
    done(
        app,
        store::person::set_role(&app.store, &request, id, role).await?,
    )
}
