//! Programs with an API token and people with a session.

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use store::actor::Actor;
use trust::access::Rights;
use trust::code::Code;
use trust::id::{OrganizationId, PersonId, SessionId};

use super::cookie;
use crate::app::SharedApp;
use crate::problem::Problem;
use crate::token;

/// Who asks, in which organisation, and what he may ask for. A handler that takes one serves nobody else.
///
/// A session's cookie is `SameSite=Lax`. What changes something needs more: in the API a header or a content type that
/// no other site's form can send, in the console's forms the session's form token.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub organization_id: OrganizationId,
    pub actor: Actor,
    pub rights: Rights,
    /// The person; `None` for a program, and for whoever came by a link of the server's operator.
    pub person_id: Option<PersonId>,
    /// The session; `None` for a program.
    pub session_id: Option<SessionId>,
}

impl FromRequestParts<SharedApp> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &SharedApp) -> Result<Self, Problem> {
        // `access::check` has asked already.
        if let Some(caller) = parts.extensions.get::<Self>() {
            return Ok(caller.clone());
        }
        let found = match (bearer(parts), cookie::session(&parts.headers)) {
            (Some(token), _) => of_token(app, token).await?,
            (None, Some(session)) => of_session(app, session).await?,
            (None, None) => None,
        };
        found.ok_or_else(|| Problem::unauthorized(Code::NotSignedIn))
    }
}

async fn of_token(app: &SharedApp, token: &str) -> Result<Option<Caller>, Problem> {
    let program = store::api_token::find(&app.store, &token::hash(token), app.now()).await?;
    Ok(program.map(|program| Caller {
        organization_id: program.organization_id,
        actor: program.actor,
        rights: program.rights,
        person_id: None,
        session_id: None,
    }))
}

async fn of_session(app: &SharedApp, session: &str) -> Result<Option<Caller>, Problem> {
    let signed_in = store::session::find(&app.store, &token::hash(session), app.now()).await?;
    Ok(signed_in.map(|signed_in| Caller {
        organization_id: signed_in.organization_id,
        actor: signed_in.actor,
        rights: signed_in.role.rights(),
        person_id: signed_in.person_id,
        session_id: Some(signed_in.session_id),
    }))
}

fn bearer(parts: &Parts) -> Option<&str> {
    let value = parts.headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}
