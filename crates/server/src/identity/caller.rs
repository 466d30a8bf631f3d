//! Programs with an API token and people with a session.

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use store::actor::Actor;
use trust::code::Code;
use trust::id::OrganizationId;

use super::cookie;
use crate::app::SharedApp;
use crate::problem::Problem;
use crate::token;

/// Who asks, and in which organisation. A handler that takes one serves nobody else.
///
/// A session's cookie is `SameSite=Lax`. What changes something needs more: in the API a header or a content type that
/// no other site's form can send, in the console's forms the session's form token.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub organization_id: OrganizationId,
    pub actor: Actor,
}

impl FromRequestParts<SharedApp> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &SharedApp) -> Result<Self, Problem> {
        let found = match (bearer(parts), cookie::session(&parts.headers)) {
            (Some(token), _) => store::api_token::find(&app.store, &token::hash(token)).await?,
            (None, Some(session)) => {
                store::session::find(&app.store, &token::hash(session), app.now()).await?
            }
            (None, None) => None,
        };
        let (organization_id, actor) = found.ok_or_else(|| Problem::unauthorized(Code::NotSignedIn))?;
        Ok(Self {
            organization_id,
            actor,
        })
    }
}

fn bearer(parts: &Parts) -> Option<&str> {
    let value = parts.headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}
