//! The part of an address that names a thing.

use axum::extract::FromRequestParts;
use axum::extract::Path;
use axum::http::request::Parts;

use crate::problem::Problem;

/// What stands in the place of the one `{…}`. What cannot be read names nothing.
pub(crate) struct PathOf(pub String);

impl<S: Send + Sync> FromRequestParts<S> for PathOf {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        Path::from_request_parts(parts, state)
            .await
            .map(|Path(name)| Self(name))
            .map_err(|_| Problem::not_found())
    }
}

/// What stands in the places of two `{…}`. What cannot be read names nothing.
pub(crate) struct PathOfTwo(pub String, pub String);

impl<S: Send + Sync> FromRequestParts<S> for PathOfTwo {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        Path::from_request_parts(parts, state)
            .await
            .map(|Path((first, second))| Self(first, second))
            .map_err(|_| Problem::not_found())
    }
}
