//! Whoever opens a page.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use store::actor::Actor;

use super::Refusal;
use crate::app::SharedApp;
use crate::identity::Caller;

/// Somebody who is signed in. Everybody else gets a page that tells how to.
pub(crate) struct Visitor(pub Caller);

impl Visitor {
    /// The name to show.
    pub(super) fn name(&self) -> String {
        match &self.0.actor {
            Actor::Person(name) => name.clone(),
            other => other.to_string(),
        }
    }
}

impl FromRequestParts<SharedApp> for Visitor {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &SharedApp) -> Result<Self, Refusal> {
        Ok(Self(Caller::from_request_parts(parts, app).await?))
    }
}
