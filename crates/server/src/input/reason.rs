//! A body that may say why.

use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use utoipa::ToSchema;

use super::{REASON, SecretBody};
use crate::problem::Problem;

/// Why something is asked.
// Only its schema is used.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct ReasonInput {
    /// Why, for the audit log.
    reason: Option<String>,
}

/// The reason that a body gives, when there is a body.
pub(crate) struct OptionalReason(pub Option<String>);

impl<S: Sync> FromRequest<S> for OptionalReason {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        if !request.headers().contains_key(CONTENT_TYPE) {
            return Ok(Self(None));
        }
        let body: SecretBody = SecretBody::from_request(request, state).await?;
        let mut fields = body.fields()?;
        let reason = fields.optional("reason", &REASON)?;
        fields.end()?;
        Ok(Self(reason))
    }
}
