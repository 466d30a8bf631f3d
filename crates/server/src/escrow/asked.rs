//! What somebody sends who wants to have a kept secret.

use axum::extract::{FromRequest, Request};
use serde_json::value::RawValue;

use crate::input::{Rule, SAID, SecretBody};
use crate::problem::Problem;

const VERSION: Rule<u32> = Rule {
    says: "is the number of a version, from 1",
    read: |value: &RawValue| {
        let number = serde_json::from_str(value.get()).ok();
        number.filter(|number| *number > 0)
    },
};

/// Which version somebody asks for, and why.
pub(crate) struct Asked {
    /// The version; `None` for the current one, or the newest when none is current.
    pub version: Option<u32>,
    /// Why, for the audit log.
    pub reason: String,
}

impl<S: Sync> FromRequest<S> for Asked {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let body: SecretBody = SecretBody::from_request(request, state).await?;
        let mut fields = body.fields()?;
        let reason = fields.required("reason", &SAID)?;
        let version = fields.optional("version", &VERSION)?;
        fields.end()?;
        Ok(Self { version, reason })
    }
}
