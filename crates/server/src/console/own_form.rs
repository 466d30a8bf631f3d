//! Forms that change something: sent from a page of the sender's own session, and each carried out once.

use axum::extract::{FromRequest, FromRequestParts as _, Request};
use axum::http::StatusCode;
use trust::code::Code;

use super::Visitor;
use super::components::KEY;
use crate::app::{App, SharedApp};
use crate::idempotency::IdempotencyKey;
use crate::input::{self, LONGEST_REASON, SecretForm, SecretUpload};
use crate::problem::Problem;
use crate::token::hexadecimal;

/// The field with the reason for the audit log.
pub(crate) const REASON: &str = "reason";

/// A form that somebody has sent from a page of his own session; every other one is refused.
pub(crate) struct OwnForm {
    /// Who sent it.
    pub(super) visitor: Visitor,
    /// What was filled in.
    pub(super) form: SecretForm,
}

impl OwnForm {
    /// The key of the request.
    pub(super) fn key(&self) -> Result<IdempotencyKey, Problem> {
        read_key(&self.form.text(KEY))
    }

    /// Why it is asked, when that was said.
    pub(super) fn reason(&self) -> Result<Option<String>, Problem> {
        let reason = self.form.text(REASON);
        if reason.chars().count() > LONGEST_REASON {
            return Err(Problem::invalid(REASON, input::REASON.says));
        }
        Ok(Some(reason).filter(|reason| !reason.is_empty()))
    }
}

/// The same with a file in it.
pub(crate) struct OwnUpload {
    /// Who sent it.
    pub(super) visitor: Visitor,
    /// What was filled in, and the file.
    pub(super) upload: SecretUpload,
}

impl OwnUpload {
    /// The key of the request.
    pub(super) fn key(&self) -> Result<IdempotencyKey, Problem> {
        read_key(&self.upload.text(KEY))
    }
}

fn read_key(text: &str) -> Result<IdempotencyKey, Problem> {
    IdempotencyKey::from_text(text)
        .ok_or_else(|| Problem::new(StatusCode::BAD_REQUEST, Code::IdempotencyKeyMissing))
}

impl FromRequest<SharedApp> for OwnForm {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &SharedApp) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::from_request_parts(&mut parts, app).await?;
        let form = SecretForm::from_request(Request::from_parts(parts, body), app).await?;
        if visitor.sent(&form) {
            Ok(Self { visitor, form })
        } else {
            Err(Problem::new(StatusCode::FORBIDDEN, Code::SessionChanged))
        }
    }
}

impl FromRequest<SharedApp> for OwnUpload {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &SharedApp) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::from_request_parts(&mut parts, app).await?;
        let upload = SecretUpload::from_request(Request::from_parts(parts, body), app).await?;
        if visitor.uploaded(&upload) {
            Ok(Self { visitor, upload })
        } else {
            Err(Problem::new(StatusCode::FORBIDDEN, Code::SessionChanged))
        }
    }
}

/// A key for the request that a form will send.
pub(super) fn fresh_key(app: &App) -> String {
    let bytes: [u8; 16] = app.entropy.bytes();
    hexadecimal(&bytes)
}
