//! Whoever opens a page.

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use store::actor::Actor;
use trust::code::Code;

use super::Refusal;
use super::form_token::FormToken;
use crate::app::SharedApp;
use crate::identity::{Caller, cookie};

/// Somebody who is signed in. Everybody else gets a page that tells how to.
pub(crate) struct Visitor {
    /// Who it is.
    pub(super) caller: Caller,
    /// What the forms of this session carry; `None` for a program with an API token, which has the API instead.
    pub(super) form_token: Option<FormToken>,
}

impl Visitor {
    /// The name to show.
    pub(super) fn name(&self) -> String {
        match &self.caller.actor {
            Actor::Person(name) => name.clone(),
            other => other.to_string(),
        }
    }
}

impl FromRequestParts<SharedApp> for Visitor {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &SharedApp) -> Result<Self, Refusal> {
        Ok(Self {
            caller: Caller::from_request_parts(parts, app).await?,
            form_token: cookie::session(&parts.headers).map(FormToken::of_session),
        })
    }
}

impl OptionalFromRequestParts<SharedApp> for Visitor {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &SharedApp) -> Result<Option<Self>, Refusal> {
        match <Self as FromRequestParts<SharedApp>>::from_request_parts(parts, app).await {
            Ok(visitor) => Ok(Some(visitor)),
            Err(Refusal(problem)) if problem.code == Code::NotSignedIn => Ok(None),
            Err(refusal) => Err(refusal),
        }
    }
}
