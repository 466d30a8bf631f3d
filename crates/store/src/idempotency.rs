//! Answers to requests that changed something, by the caller's idempotency key: a repeated request gets the first answer
//! and changes nothing.

use sqlx::AnyConnection;
use trust::id::OrganizationId;
use trust::time::Timestamp;

use crate::actor::Actor;
use crate::row::Row;
use crate::{Result, Store};

/// One request that changes something, as its caller names it.
#[derive(Debug, Clone)]
pub struct Request {
    /// The caller's organisation.
    pub organization_id: OrganizationId,
    /// The caller. Two callers' keys never meet.
    pub actor: Actor,
    /// The key that the caller chose.
    pub key: String,
    /// SHA-256 of what is asked, its secrets left out.
    pub fingerprint: String,
    /// When it came.
    pub at: Timestamp,
}

/// What is known of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// It was not used before.
    New,
    /// The same request was carried out. Its answer, where one was kept.
    Same(Option<String>),
    /// It belongs to a request with other contents.
    Other,
}

/// What is known of the request's key.
pub async fn look_up(store: &Store, request: &Request) -> Result<Known> {
    let mut reader = store.readers().acquire().await?;
    look_up_in(&mut reader, request).await
}

/// Deletes what was kept before `before`.
pub async fn forget(store: &Store, before: Timestamp) -> Result<u64> {
    store
        .write(&before, |tx, before| {
            Box::pin(async move {
                let done = sqlx::query("DELETE FROM idempotency WHERE at < $1")
                    .bind(before.as_millis())
                    .execute(tx)
                    .await?;
                Ok(done.rows_affected())
            })
        })
        .await
}

/// Keeps the answer as part of the transaction that carries the request out. The table's key admits one: a transaction
/// that comes second fails whole, and finds the first one's answer when it is run again.
pub(crate) async fn keep_in(tx: &mut AnyConnection, request: &Request, answer: Option<&str>) -> Result<()> {
    sqlx::query(
        "INSERT INTO idempotency (organization_id, actor, key, fingerprint, answer, at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(request.organization_id.to_string())
    .bind(request.actor.to_string())
    .bind(request.key.as_str())
    .bind(request.fingerprint.as_str())
    .bind(answer.map(str::to_owned))
    .bind(request.at.as_millis())
    .execute(tx)
    .await?;
    Ok(())
}

/// Begins to carry out a request that has no answer but that it was carried out: its key is kept when it is new, with what
/// follows in the transaction. Where it is known already, nothing is to be done.
pub(crate) async fn begin_in(tx: &mut AnyConnection, request: &Request) -> Result<Known> {
    let known = look_up_in(tx, request).await?;
    if known == Known::New {
        keep_in(tx, request, None).await?;
    }
    Ok(known)
}

/// What is known of the request's key, as the transaction sees it.
pub(crate) async fn look_up_in(connection: &mut AnyConnection, request: &Request) -> Result<Known> {
    let row = sqlx::query(
        "SELECT fingerprint, answer FROM idempotency WHERE organization_id = $1 AND actor = $2 AND key = $3",
    )
    .bind(request.organization_id.to_string())
    .bind(request.actor.to_string())
    .bind(request.key.as_str())
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else {
        return Ok(Known::New);
    };
    let row = Row::new("idempotency", &row);
    if row.text("fingerprint")? == request.fingerprint {
        Ok(Known::Same(row.optional_text("answer")?))
    } else {
        Ok(Known::Other)
    }
}
