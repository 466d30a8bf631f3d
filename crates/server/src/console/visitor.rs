//! Whoever opens a page.

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use store::actor::Actor;
use trust::access::Permission;
use trust::code::Code;

use super::form_token::{self, FormToken};
use crate::app::SharedApp;
use crate::identity::{Caller, cookie};
use crate::input::{SecretForm, SecretUpload};
use crate::problem::Problem;
use crate::token;

/// Somebody who is signed in. Everybody else gets a page that tells how to.
pub(crate) struct Visitor {
    /// Who it is.
    pub(super) caller: Caller,
    /// What the forms of this session carry; `None` for a program with an API token, which has the API instead.
    pub(super) form_token: Option<FormToken>,
    /// What the store knows of this session; `None` for a program.
    pub(super) session_hash: Option<String>,
}

impl Visitor {
    /// Whether a form was sent from a page of this very session.
    pub(super) fn sent(&self, form: &SecretForm) -> bool {
        self.is_token(&form.text(form_token::FIELD))
    }

    /// The same of a form with a file in it.
    pub(super) fn uploaded(&self, upload: &SecretUpload) -> bool {
        self.is_token(&upload.text(form_token::FIELD))
    }

    fn is_token(&self, given: &str) -> bool {
        self.form_token.as_ref().is_some_and(|token| token.is(given))
    }

    /// Whether this is somebody who may ask for what needs the permission: only then a page has buttons for it.
    pub(super) fn may(&self, permission: Permission) -> bool {
        self.caller.rights.may(permission)
    }

    /// The name to show.
    pub(super) fn name(&self) -> String {
        match &self.caller.actor {
            Actor::Person(name) => name.clone(),
            other => other.to_string(),
        }
    }
}

impl FromRequestParts<SharedApp> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &SharedApp) -> Result<Self, Problem> {
        let caller = Caller::from_request_parts(parts, app).await?;
        let session = cookie::session(&parts.headers);
        Ok(Self {
            caller,
            form_token: session.map(FormToken::of_session),
            session_hash: session.map(token::hash),
        })
    }
}

impl OptionalFromRequestParts<SharedApp> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &SharedApp) -> Result<Option<Self>, Problem> {
        match <Self as FromRequestParts<SharedApp>>::from_request_parts(parts, app).await {
            Ok(visitor) => Ok(Some(visitor)),
            Err(problem) if problem.code == Code::NotSignedIn => Ok(None),
            Err(problem) => Err(problem),
        }
    }
}
