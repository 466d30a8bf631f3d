//! The chain of the audit log: each entry's place and hash, and the signatures on where the chain stood. Hashes are worked
//! out by the caller.

use sqlx::AnyConnection;
use trust::id::OrganizationId;
use trust::time::Timestamp;

use crate::actor::Actor;
use crate::audit::{self, Entry, NewEntry, Verb};
use crate::row::Row;
use crate::{Result, Store};

/// The last entry that has a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Last {
    /// Its place, from 1.
    pub position: u64,
    /// Its number in the log.
    pub seq: i64,
    /// Its hash, in hexadecimal.
    pub hash: String,
}

/// The last entry of an organisation that has a place; `None` before the first.
pub async fn last(store: &Store, organization_id: OrganizationId) -> Result<Option<Last>> {
    let row = sqlx::query(
        "SELECT position, seq, hash FROM audit_seal WHERE organization_id = $1 ORDER BY position DESC LIMIT 1",
    )
    .bind(organization_id.to_string())
    .fetch_optional(store.readers())
    .await?;
    row.as_ref()
        .map(|row| {
            let row = Row::new("audit_seal", row);
            Ok(Last {
                position: row.count("position")?,
                seq: row.number("seq")?,
                hash: row.text("hash")?,
            })
        })
        .transpose()
}

/// At most `limit` entries behind the one of the number `after`, oldest first: those that have no place yet.
pub async fn list_after(
    store: &Store,
    organization_id: OrganizationId,
    after: i64,
    limit: u32,
) -> Result<Vec<Entry>> {
    let rows = sqlx::query(
        "SELECT audit.*, NULL AS device_name FROM audit \
         WHERE organization_id = $1 AND seq > $2 ORDER BY seq LIMIT $3",
    )
    .bind(organization_id.to_string())
    .bind(after)
    .bind(i64::from(limit))
    .fetch_all(store.readers())
    .await?;
    rows.iter().map(audit::read).collect()
}

/// The place of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// From 1.
    pub position: u64,
    /// The entry's number in the log.
    pub seq: i64,
    /// Its hash, in hexadecimal.
    pub hash: String,
}

/// Gives entries their places behind `after`, the last position that the caller knows of. False, and nothing is changed, when
/// another server has gone on from there: so one chain has one end, however many seal.
pub async fn seal(
    store: &Store,
    organization_id: OrganizationId,
    after: u64,
    places: &[Place],
) -> Result<bool> {
    store
        .write(
            &(organization_id, after, places),
            |tx, (organization_id, after, places)| Box::pin(seal_in(tx, *organization_id, *after, places)),
        )
        .await
}

async fn seal_in(
    tx: &mut AnyConnection,
    organization_id: OrganizationId,
    after: u64,
    places: &[Place],
) -> Result<bool> {
    let row = sqlx::query(
        "SELECT position FROM audit_seal WHERE organization_id = $1 ORDER BY position DESC LIMIT 1",
    )
    .bind(organization_id.to_string())
    .fetch_optional(&mut *tx)
    .await?;
    let position = match &row {
        Some(row) => Row::new("audit_seal", row).count("position")?,
        None => 0,
    };
    if position != after {
        return Ok(false);
    }
    for place in places {
        sqlx::query("INSERT INTO audit_seal (organization_id, position, seq, hash) VALUES ($1, $2, $3, $4)")
            .bind(organization_id.to_string())
            .bind(i64::try_from(place.position).unwrap_or(i64::MAX))
            .bind(place.seq)
            .bind(place.hash.as_str())
            .execute(&mut *tx)
            .await?;
    }
    Ok(true)
}

/// Keeps a signature on where the chain stood. Of two on one place the first stays.
pub async fn keep_checkpoint(
    store: &Store,
    organization_id: OrganizationId,
    position: u64,
    at: Timestamp,
    checkpoint: &str,
) -> Result<()> {
    store
        .write(
            &(organization_id, position, at, checkpoint),
            |tx, (organization_id, position, at, checkpoint)| {
                Box::pin(async move {
                    sqlx::query(
                        "INSERT INTO audit_checkpoint (organization_id, position, at, checkpoint) \
                         VALUES ($1, $2, $3, $4) ON CONFLICT (organization_id, position) DO NOTHING",
                    )
                    .bind(organization_id.to_string())
                    .bind(i64::try_from(*position).unwrap_or(i64::MAX))
                    .bind(at.as_millis())
                    .bind((*checkpoint).to_owned())
                    .execute(tx)
                    .await?;
                    Ok(())
                })
            },
        )
        .await
}

/// A signature on where the chain stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCheckpoint {
    /// Behind how many entries.
    pub position: u64,
    /// When it was made.
    pub at: Timestamp,
    /// The signature, as JSON.
    pub checkpoint: String,
}

/// The last signature on an organisation's chain.
pub async fn last_checkpoint(
    store: &Store,
    organization_id: OrganizationId,
) -> Result<Option<KeptCheckpoint>> {
    let row = sqlx::query(
        "SELECT position, at, checkpoint FROM audit_checkpoint WHERE organization_id = $1 \
         ORDER BY position DESC LIMIT 1",
    )
    .bind(organization_id.to_string())
    .fetch_optional(store.readers())
    .await?;
    row.as_ref()
        .map(|row| {
            let row = Row::new("audit_checkpoint", row);
            Ok(KeptCheckpoint {
                position: row.count("position")?,
                at: row.time("at")?,
                checkpoint: row.text("checkpoint")?,
            })
        })
        .transpose()
}

/// The hash of the entry in this place, in hexadecimal.
pub async fn hash_at(
    store: &Store,
    organization_id: OrganizationId,
    position: u64,
) -> Result<Option<String>> {
    let row = sqlx::query("SELECT hash FROM audit_seal WHERE organization_id = $1 AND position = $2")
        .bind(organization_id.to_string())
        .bind(i64::try_from(position).unwrap_or(i64::MAX))
        .fetch_optional(store.readers())
        .await?;
    row.as_ref()
        .map(|row| Row::new("audit_seal", row).text("hash"))
        .transpose()
}

/// Deletes every signature on the chains, because another key signs from now on; each organisation's log tells it. The entries
/// and their hashes stay.
pub async fn forget_checkpoints(
    store: &Store,
    organizations: &[OrganizationId],
    at: Timestamp,
) -> Result<()> {
    store
        .write(&(organizations, at), |tx, (organizations, at)| {
            Box::pin(forget_checkpoints_in(tx, organizations, *at))
        })
        .await
}

async fn forget_checkpoints_in(
    tx: &mut AnyConnection,
    organizations: &[OrganizationId],
    at: Timestamp,
) -> Result<()> {
    for organization_id in organizations {
        sqlx::query("DELETE FROM audit_checkpoint WHERE organization_id = $1")
            .bind(organization_id.to_string())
            .execute(&mut *tx)
            .await?;
        let entry = NewEntry {
            organization_id: *organization_id,
            at,
            actor: &Actor::Operator,
            verb: Verb::AuditKeyReplaced,
            device_id: None,
            subject: None,
            reason: None,
            detail: None,
        };
        audit::append(tx, entry).await?;
    }
    Ok(())
}

/// An entry in its place.
#[derive(Debug, Clone)]
pub struct Sealed {
    /// Its place, from 1.
    pub position: u64,
    /// Its hash, in hexadecimal.
    pub hash: String,
    /// What it says.
    pub entry: Entry,
    /// The signature that was made when the chain stood here, as JSON.
    pub checkpoint: Option<String>,
}

/// At most `limit` entries from behind the place `after` up to the place `until`, in the order of the chain.
pub async fn list(
    store: &Store,
    organization_id: OrganizationId,
    (after, until): (u64, u64),
    limit: u32,
) -> Result<Vec<Sealed>> {
    let rows = sqlx::query(
        "SELECT audit.*, NULL AS device_name, audit_seal.position, audit_seal.hash, audit_checkpoint.checkpoint \
         FROM audit_seal JOIN audit ON audit.seq = audit_seal.seq \
         LEFT JOIN audit_checkpoint ON audit_checkpoint.organization_id = audit_seal.organization_id \
         AND audit_checkpoint.position = audit_seal.position \
         WHERE audit_seal.organization_id = $1 AND audit_seal.position > $2 AND audit_seal.position <= $3 \
         ORDER BY audit_seal.position LIMIT $4",
    )
    .bind(organization_id.to_string())
    .bind(i64::try_from(after).unwrap_or(i64::MAX))
    .bind(i64::try_from(until).unwrap_or(i64::MAX))
    .bind(i64::from(limit))
    .fetch_all(store.readers())
    .await?;
    rows.iter()
        .map(|row| {
            let entry = audit::read(row)?;
            let row = Row::new("audit_seal", row);
            Ok(Sealed {
                position: row.count("position")?,
                hash: row.text("hash")?,
                entry,
                checkpoint: row.optional_text("checkpoint")?,
            })
        })
        .collect()
}
