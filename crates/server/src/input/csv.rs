//! A table in CSV that may hold secrets.

use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use zeroize::Zeroizing;

use super::body;
use crate::problem::Problem;

/// The longest table that is read, in bytes.
pub(super) const LONGEST: usize = 8 * 1024 * 1024;

/// A body of CSV, zeroised when it is dropped. It has no `Debug`.
pub(crate) struct SecretCsv(Zeroizing<Vec<u8>>);

impl SecretCsv {
    /// The text.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl<S: Sync> FromRequest<S> for SecretCsv {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        if !body::is_of_type(&parts.headers, "text/csv") {
            let problem = Problem::invalid("content-type", "is `text/csv`");
            return Err(problem.with_status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        body::read(body, &parts.headers, LONGEST).await.map(Self)
    }
}
