//! The end of a token.

use sqlx::AnyConnection;

use crate::audit::{self, NewEntry, Verb};
use crate::idempotency::{self, Known, Request};
use crate::{Result, Store};

/// What came of ending a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revoked {
    /// It is no longer valid, by this or an earlier request of the key.
    Done,
    /// There is no such token.
    NotFound,
    /// The idempotency key belongs to another request. Nothing was changed.
    KeyReused,
}

/// Ends the token of this name.
pub async fn revoke(store: &Store, request: &Request, name: &str) -> Result<Revoked> {
    store
        .write(&(request, name), |tx, (request, name)| {
            Box::pin(revoke_in(tx, request, name))
        })
        .await
}

async fn revoke_in(tx: &mut AnyConnection, request: &Request, name: &str) -> Result<Revoked> {
    match idempotency::look_up_in(tx, request).await? {
        Known::New => {}
        Known::Same(_) => return Ok(Revoked::Done),
        Known::Other => return Ok(Revoked::KeyReused),
    }
    let deleted = sqlx::query("DELETE FROM api_token WHERE organization_id = $1 AND name = $2")
        .bind(request.organization_id.to_string())
        .bind(name.to_owned())
        .execute(&mut *tx)
        .await?;
    if deleted.rows_affected() == 0 {
        return Ok(Revoked::NotFound);
    }
    idempotency::keep_in(tx, request, None).await?;
    let entry = NewEntry {
        organization_id: request.organization_id,
        at: request.at,
        actor: &request.actor,
        verb: Verb::ApiTokenRevoked,
        device_id: None,
        subject: Some(name.to_owned()),
        reason: None,
        detail: None,
    };
    audit::append(tx, entry).await?;
    Ok(Revoked::Done)
}
