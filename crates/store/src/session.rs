//! People signed in to the console. Only the hashes of their cookies are here.

use sqlx::AnyConnection;
use trust::id::OrganizationId;
use trust::time::Timestamp;

use crate::actor::Actor;
use crate::audit::{self, NewEntry, Verb};
use crate::row::Row;
use crate::{Result, Store};

/// A session that begins.
#[derive(Debug, Clone)]
pub(crate) struct NewSession {
    /// Into whose console.
    pub organization_id: OrganizationId,
    /// SHA-256 of the cookie.
    pub hash: String,
    /// Who is signed in.
    pub person: String,
    /// When it began.
    pub at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

pub(crate) async fn insert_in(tx: &mut AnyConnection, new: &NewSession) -> Result<()> {
    sqlx::query(
        "INSERT INTO session (organization_id, hash, person, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(new.organization_id.to_string())
    .bind(new.hash.as_str())
    .bind(new.person.as_str())
    .bind(new.at.as_millis())
    .bind(new.expires_at.as_millis())
    .execute(tx)
    .await?;
    Ok(())
}

/// Who is signed in with the cookie of this hash, at `now`.
pub async fn find(store: &Store, hash: &str, now: Timestamp) -> Result<Option<(OrganizationId, Actor)>> {
    let row = sqlx::query("SELECT organization_id, person FROM session WHERE hash = $1 AND expires_at > $2")
        .bind(hash)
        .bind(now.as_millis())
        .fetch_optional(store.readers())
        .await?;
    row.as_ref()
        .map(|row| {
            let row = Row::new("session", row);
            Ok((row.id("organization_id")?, Actor::Person(row.text("person")?)))
        })
        .transpose()
}

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
    let entry = NewEntry {
        organization_id: row.id("organization_id")?,
        at,
        actor: &Actor::Person(person.clone()),
        verb: Verb::SignedOut,
        device_id: None,
        subject: Some(person),
        reason: None,
        detail: None,
    };
    audit::append(tx, entry).await?;
    Ok(true)
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
