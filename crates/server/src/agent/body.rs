//! Bodies of agents: JSON of the types of `wire`.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use serde::de::DeserializeOwned;

use crate::problem::Problem;

/// The longest body of an agent that is read, in bytes. An observation of a thousand accounts is a quarter of it.
pub(crate) const LONGEST: usize = 2 * 1024 * 1024;

/// A body read as `T`; when it cannot be, the refusal does not quote it.
pub(crate) struct AgentBody<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for AgentBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| {
            if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
                Problem::too_large()
            } else {
                Problem::invalid("body", "arrives whole")
            }
        })?;
        serde_json::from_slice(&bytes).map(Self).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            tracing::warn!(line, column, "agent sent what its protocol does not know");
            Problem::invalid("body", "is what the agent protocol says")
        })
    }
}
