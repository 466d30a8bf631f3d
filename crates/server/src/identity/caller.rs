//! Programs with an API token and people with a session.

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, AUTHORIZATION};
use axum::http::request::Parts;
use store::actor::Actor;
use store::session::SignedIn;
use trust::access::Rights;
use trust::code::Code;
use trust::id::{OrganizationId, PersonId, SessionId};

use super::cookie;
use crate::app::SharedApp;
use crate::problem::Problem;
use crate::token;

/// The header of requests that a page of ours makes by itself (`assets/js/live.js`).
const BY_ITSELF: &str = "bestow-by-itself";

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
    /// Whether the organisation asks a second factor of this person, who has none. Nothing else opens until it is set up.
    pub owes_second_factor: bool,
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
            (None, Some(session)) => of_session(app, session, is_by_itself(&parts.headers)).await?,
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
        owes_second_factor: false,
    }))
}

async fn of_session(app: &SharedApp, session: &str, is_by_itself: bool) -> Result<Option<Caller>, Problem> {
    let now = app.now();
    let Some(signed_in) = store::session::find(&app.store, &token::hash(session), now).await? else {
        return Ok(None);
    };
    if let (false, Some(end)) = (is_by_itself, signed_in.end.moved_at(now)) {
        store::session::move_end(&app.store, signed_in.session_id, end).await?;
    }
    Ok(Some(Caller {
        owes_second_factor: owes_second_factor(&signed_in),
        organization_id: signed_in.organization_id,
        actor: signed_in.actor,
        rights: signed_in.role.rights(),
        person_id: signed_in.person_id,
        session_id: Some(signed_in.session_id),
    }))
}

/// Whether a page asks by itself, to show what has changed. Nobody need sit before it, so it keeps no session alive.
fn is_by_itself(headers: &HeaderMap) -> bool {
    let accepted = headers.get(ACCEPT).and_then(|value| value.to_str().ok());
    headers.contains_key(BY_ITSELF) || accepted == Some("text/event-stream")
}

/// Who came by a link of the server's operator has no name to which a second factor could belong.
fn owes_second_factor(signed_in: &SignedIn) -> bool {
    signed_in.is_second_factor_asked
        && signed_in.person_id.is_some()
        && !signed_in.has_second_factor
        && signed_in.role.needs_second_factor()
}

fn bearer(parts: &Parts) -> Option<&str> {
    let value = parts.headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}
