//! `POST /api/v1/people/{id}/invitation`: another link by which somebody chooses a password.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use trust::id::PersonId;

use super::view::{InvitationView, new_invitation};
use super::{made_now, may_give};
use crate::app::{App, SharedApp};
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::PathOf;
use crate::problem::{Problem, ProblemView};

/// Makes a new invitation for somebody who has not followed the first, or has forgotten the password. The password stays
/// until another is chosen. The same request again answers `already_revealed`.
#[utoipa::path(post, path = "/api/v1/people/{id}/invitation", tag = "people", params(("id" = String, Path, description = "The person"), ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), responses(
    (status = 201, description = "The invitation, shown once", body = InvitationView),
    (status = 409, description = "`already_revealed` or `idempotency_key_reused`", body = ProblemView, content_type = "application/problem+json"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn invite_person(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
    key: IdempotencyKey,
) -> Result<(StatusCode, Json<InvitationView>), Problem> {
    let invitation = invite(&app, &caller, &key, &id).await?;
    Ok((StatusCode::CREATED, Json(invitation)))
}

/// Makes a new invitation. Whoever follows it is that person, so it takes what that person may do.
pub(crate) async fn invite(
    app: &App,
    caller: &Caller,
    key: &IdempotencyKey,
    id: &str,
) -> Result<InvitationView, Problem> {
    let id: PersonId = id.parse().map_err(|_| Problem::not_found())?;
    let (shown, invitation) = new_invitation(app, id);
    let request = key.request(caller, "invite_person", &id, app.now());
    loop {
        let person = store::person::find(&app.store, caller.organization_id, id).await?;
        let role = person.ok_or_else(Problem::not_found)?.role;
        may_give(caller, role)?;
        let invited = store::person::invite(&app.store, &request, (id, role), &invitation).await?;
        // Where the role has just become another one, that one counts.
        if let Some(change) = invited {
            made_now(app, change)?;
            return Ok(shown);
        }
    }
}
