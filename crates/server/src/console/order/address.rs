//! The address of a form: a device, and what is asked of it.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;

use super::kind::OrderKind;
use crate::problem::Problem;

/// What `/devices/{id}/{form}` names. What cannot be read names nothing.
pub(crate) struct FormOf {
    /// The device, as it was written.
    pub device_id: String,
    /// What is asked of it.
    pub kind: OrderKind,
}

impl<S: Send + Sync> FromRequestParts<S> for FormOf {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let named = Path::<(String, String)>::from_request_parts(parts, state).await;
        let Path((device_id, slug)) = named.map_err(|_| Problem::not_found())?;
        let kind = OrderKind::from_slug(&slug).ok_or_else(Problem::not_found)?;
        Ok(Self { device_id, kind })
    }
}
