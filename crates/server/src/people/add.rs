//! `POST /api/v1/people`: somebody may sign in from now on.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use store::person::NewPerson;
use trust::access::{PersonName, Role};
use utoipa::ToSchema;

use super::view::{InvitationView, new_invitation};
use super::{made_now, may_give};
use crate::app::{App, SharedApp};
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::{PERSON_NAME, PERSON_ROLE, SecretBody};
use crate::problem::{Problem, ProblemView};

/// Who is added.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct PersonInput {
    /// The name to sign in by: 1 to 64 letters a to z, digits and `. _ - + @`.
    name: String,
    /// What the person is.
    role: Role,
}

/// Adds a person and answers an invitation, by which that person chooses a password. The same request again answers
/// `already_revealed`.
#[utoipa::path(post, path = "/api/v1/people", tag = "people", params(("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = PersonInput, responses(
    (status = 201, description = "The invitation, shown once", body = InvitationView),
    (status = 409, description = "`name_taken`, `already_revealed` or `idempotency_key_reused`", body = ProblemView, content_type = "application/problem+json"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn add_person(
    State(app): State<SharedApp>,
    caller: Caller,
    key: IdempotencyKey,
    body: SecretBody,
) -> Result<(StatusCode, Json<InvitationView>), Problem> {
    let mut fields = body.fields()?;
    let name = fields.required("name", &PERSON_NAME)?;
    let role = fields.required("role", &PERSON_ROLE)?;
    fields.end()?;
    let invitation = add(&app, &caller, &key, &name, role).await?;
    Ok((StatusCode::CREATED, Json(invitation)))
}

/// Adds a person.
pub(crate) async fn add(
    app: &App,
    caller: &Caller,
    key: &IdempotencyKey,
    name: &PersonName,
    role: Role,
) -> Result<InvitationView, Problem> {
    may_give(caller, role)?;
    let id = app.entropy.id(app.now());
    let (shown, invitation) = new_invitation(app, id);
    let request = key.request(caller, "add_person", &(name, role), app.now());
    let new = NewPerson {
        id,
        name: name.clone(),
        role,
        invitation,
    };
    made_now(app, store::person::add(&app.store, &request, &new).await?)?;
    Ok(shown)
}
