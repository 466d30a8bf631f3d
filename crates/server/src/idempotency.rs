//! The caller's key for a request that changes something, and the fingerprint of what it asks.

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use store::idempotency::{Known, Request};
use trust::code::Code;
use trust::time::Timestamp;

use crate::identity::Caller;
use crate::problem::Problem;
use crate::token::hexadecimal;

/// The header that carries the key.
pub(crate) const HEADER: &str = "idempotency-key";

/// A key: 8 to 128 printable ASCII characters of the caller's.
#[derive(Debug, Clone)]
pub(crate) struct IdempotencyKey(String);

impl IdempotencyKey {
    /// The key of this text, when it can be one.
    pub(crate) fn from_text(text: &str) -> Option<Self> {
        let fits = (8..=128).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        fits.then(|| Self(text.to_owned()))
    }

    /// The request of `caller` under this key. `asked` is everything that it asks, **its secrets left out**.
    pub(crate) fn request(
        &self,
        caller: &Caller,
        operation: &str,
        asked: &impl Serialize,
        at: Timestamp,
    ) -> Request {
        let json = serde_json::to_vec(&(operation, asked)).unwrap_or_default();
        Request {
            organization_id: caller.organization_id,
            actor: caller.actor.clone(),
            key: self.0.clone(),
            fingerprint: hexadecimal(&Sha256::digest(&json)),
            at,
        }
    }
}

/// Whether what was asked is so by now, whether this request did it or one before it under the same key.
pub(crate) fn done_once(known: &Known) -> Result<(), Problem> {
    match known {
        Known::New | Known::Same(_) => Ok(()),
        Known::Other => Err(Problem::conflict(Code::IdempotencyKeyReused)),
    }
}

/// Whether what was made may be shown: to the request that made it, and never again.
pub(crate) fn shown_once(known: &Known) -> Result<(), Problem> {
    match known {
        Known::New => Ok(()),
        Known::Same(_) => Err(Problem::conflict(Code::AlreadyRevealed)),
        Known::Other => Err(Problem::conflict(Code::IdempotencyKeyReused)),
    }
}

impl<S: Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts
            .headers
            .get(HEADER)
            .and_then(|value| value.to_str().ok())
            .and_then(Self::from_text)
            .ok_or_else(|| Problem::new(StatusCode::BAD_REQUEST, Code::IdempotencyKeyMissing))
    }
}
