//! The end of a session: by whoever is signed in, by somebody else, or by time. What was opened by it ends as well, so
//! each function answers the hashes of the cookies.

use sqlx::AnyConnection;
use trust::id::{OrganizationId, PersonId, SessionId};
use trust::time::Timestamp;

use crate::actor::Actor;
use crate::audit::{self, NewEntry, Verb};
use crate::idempotency::{self, Known, Request};
use crate::row::Row;
use crate::{Result, Store};

/// Ends the session of this cookie's hash, as whoever is signed in asks; false when there is none.
pub async fn end(store: &Store, hash: &str, at: Timestamp) -> Result<bool> {
    store
        .write(&(hash.to_owned(), at), |tx, (hash, at)| {
            Box::pin(end_in(tx, hash, *at))
        })
        .await
}

async fn end_in(tx: &mut AnyConnection, hash: &str, at: Timestamp) -> Result<bool> {
    let row = sqlx::query("DELETE FROM session WHERE hash = $1 RETURNING organization_id, person")
        .bind(hash.to_owned())
        .fetch_optional(&mut *tx)
        .await?;
    let Some(row) = row else {
        return Ok(false);
    };
    let row = Row::new("session", &row);
    let person = row.text("person")?;
    let actor = Actor::Person(person.clone());
    append(
        tx,
        row.id("organization_id")?,
        at,
        &actor,
        Verb::SignedOut,
        person,
    )
    .await?;
    Ok(true)
}

/// What came of ending a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// It is over, by this request; the hash of its cookie.
    Now(String),
    /// It is over, by an earlier request of the key.
    Before,
    /// There is no such session.
    NotFound,
    /// The idempotency key belongs to another request. Nothing was changed.
    KeyReused,
}

/// Ends a session of the organisation by its id.
pub async fn revoke(store: &Store, request: &Request, id: SessionId) -> Result<Ended> {
    store
        .write(&(request, id), |tx, (request, id)| {
            Box::pin(revoke_in(tx, request, *id))
        })
        .await
}

async fn revoke_in(tx: &mut AnyConnection, request: &Request, id: SessionId) -> Result<Ended> {
    match idempotency::look_up_in(tx, request).await? {
        Known::New => {}
        Known::Same(_) => return Ok(Ended::Before),
        Known::Other => return Ok(Ended::KeyReused),
    }
    let row =
        sqlx::query("DELETE FROM session WHERE organization_id = $1 AND id = $2 RETURNING hash, person")
            .bind(request.organization_id.to_string())
            .bind(id.to_string())
            .fetch_optional(&mut *tx)
            .await?;
    let Some(row) = row else {
        return Ok(Ended::NotFound);
    };
    let row = Row::new("session", &row);
    let (hash, person) = (row.text("hash")?, row.text("person")?);
    idempotency::keep_in(tx, request, None).await?;
    let verb = Verb::SessionEnded;
    append(
        tx,
        request.organization_id,
        request.at,
        &request.actor,
        verb,
        person,
    )
    .await?;
    Ok(Ended::Now(hash))
}

/// Ends every session of a person, as part of the transaction that takes away what they rest on.
pub(crate) async fn end_of_person_in(tx: &mut AnyConnection, person_id: PersonId) -> Result<Vec<String>> {
    let rows = sqlx::query("DELETE FROM session WHERE person_id = $1 RETURNING hash")
        .bind(person_id.to_string())
        .fetch_all(tx)
        .await?;
    rows.iter()
        .map(|row| Row::new("session", row).text("hash"))
        .collect()
}

/// Deletes the sessions that had ended at `now`. Answers the hashes of their cookies.
pub async fn forget_ended(store: &Store, now: Timestamp) -> Result<Vec<String>> {
    let is_any = sqlx::query("SELECT 1 AS one FROM session WHERE expires_at <= $1 LIMIT 1")
        .bind(now.as_millis())
        .fetch_optional(store.readers())
        .await?;
    if is_any.is_none() {
        return Ok(Vec::new());
    }
    store
        .write(&now, |tx, now| Box::pin(forget_ended_in(tx, *now)))
        .await
}

async fn forget_ended_in(tx: &mut AnyConnection, now: Timestamp) -> Result<Vec<String>> {
    let rows = sqlx::query("DELETE FROM session WHERE expires_at <= $1 RETURNING hash")
        .bind(now.as_millis())
        .fetch_all(tx)
        .await?;
    rows.iter()
        .map(|row| Row::new("session", row).text("hash"))
        .collect()
}

async fn append(
    tx: &mut AnyConnection,
    organization_id: OrganizationId,
    at: Timestamp,
    actor: &Actor,
    verb: Verb,
    person: String,
) -> Result<()> {
    let entry = NewEntry {
        organization_id,
        at,
        actor,
        verb,
        device_id: None,
        subject: Some(person),
        reason: None,
        detail: None,
    };
    audit::append(tx, entry).await
}
