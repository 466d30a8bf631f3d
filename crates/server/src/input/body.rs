//! A body that may hold secrets.

use axum::body::Body;
use axum::extract::{FromRequest, Request};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use futures_util::StreamExt as _;
use zeroize::Zeroizing;

use super::Fields;
use crate::problem::Problem;

/// The longest body that is read, in bytes, unless told.
pub(super) const LONGEST: usize = 64 * 1024;

/// A JSON body, zeroised when it is dropped. It has no `Debug`.
pub(crate) struct SecretBody<const LONGEST_BODY: usize = LONGEST>(Zeroizing<Vec<u8>>);

/// A body that may name many devices.
pub(crate) type LongSecretBody = SecretBody<{ 1024 * 1024 }>;

impl<const LONGEST_BODY: usize> SecretBody<LONGEST_BODY> {
    /// The body's fields. Everything in it must be taken out or refused.
    pub(crate) fn fields(&self) -> Result<Fields<'_>, Problem> {
        Fields::of_body(&self.0)
    }
}

impl<S: Sync, const LONGEST_BODY: usize> FromRequest<S> for SecretBody<LONGEST_BODY> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        if !is_of_type(&parts.headers, "application/json") {
            let problem = Problem::invalid("content-type", "is `application/json`");
            return Err(problem.with_status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        read(body, &parts.headers, LONGEST_BODY).await.map(Self)
    }
}

/// Reads a body of at most `longest` bytes into memory that is reserved at once: growing would leave copies behind.
pub(crate) async fn read(
    body: Body,
    headers: &HeaderMap,
    longest: usize,
) -> Result<Zeroizing<Vec<u8>>, Problem> {
    let announced: Option<usize> = headers
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.parse().ok());
    let announced = announced.unwrap_or(longest);
    if announced > longest {
        return Err(Problem::too_large());
    }
    let mut bytes = Zeroizing::new(Vec::with_capacity(announced));
    let mut stream = body.into_data_stream();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| Problem::invalid("body", "arrives whole"))?;
        if bytes.len() + chunk.len() > announced {
            return Err(Problem::too_large());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// Whether the body says that it is of this type, whatever else it says of itself.
pub(super) fn is_of_type(headers: &HeaderMap, kind: &str) -> bool {
    headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|said| said.trim().eq_ignore_ascii_case(kind))
}
