//! The keys of the vault's ciphertexts, each wrapped by the vault's own key. They are what changes when that one does.

use std::collections::BTreeMap;

use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use trust::escrow::EscrowKind;
use trust::id::{DeviceId, EscrowMessageId, OrganizationId};

use super::Line;
use crate::row::Row;
use crate::{Result, Store};

/// A data key, wrapped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrappedKey {
    /// The id of the key that wraps it.
    pub wrapping_key: String,
    /// What the wrapping made.
    pub wrapped: Vec<u8>,
}

/// A data key with the version that it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrapping {
    /// The organisation.
    pub organization_id: OrganizationId,
    /// The serial number of the Mac.
    pub serial_number: String,
    /// What is kept.
    pub kind: EscrowKind,
    /// The version.
    pub version: u32,
    /// The device that escrowed it.
    pub device_id: DeviceId,
    /// The message that brought it.
    pub message_id: EscrowMessageId,
    /// The key.
    pub key: WrappedKey,
}

/// At most `limit` data keys that are wrapped by the key of this id.
pub async fn under(store: &Store, wrapping_key: &str, limit: u32) -> Result<Vec<Wrapping>> {
    let rows = sqlx::query(
        "SELECT escrow_data_key.*, escrow_version.device_id, escrow_version.message_id FROM escrow_data_key \
         CROSS JOIN escrow_version \
         WHERE escrow_data_key.wrapping_key = $1 \
         AND escrow_version.organization_id = escrow_data_key.organization_id \
         AND escrow_version.serial_number = escrow_data_key.serial_number \
         AND escrow_version.kind = escrow_data_key.kind AND escrow_version.version = escrow_data_key.version LIMIT $2",
    )
    .bind(wrapping_key)
    .bind(i64::from(limit))
    .fetch_all(store.readers())
    .await?;
    rows.iter().map(read).collect()
}

/// How many data keys are wrapped by the key of this id, those of people's second factors among them.
pub async fn count_under(store: &Store, wrapping_key: &str) -> Result<u64> {
    let counts = count_by_wrapping(store).await?;
    let found = counts.into_iter().find(|(id, _)| id == wrapping_key);
    Ok(found.map_or(0, |(_, keys)| keys))
}

/// How many data keys there are.
pub async fn count(store: &Store) -> Result<u64> {
    let counts = count_by_wrapping(store).await?;
    Ok(counts.iter().map(|(_, keys)| keys).sum())
}

/// The ids of the keys that wrap data keys, each with how many, those of people's second factors among them.
pub async fn count_by_wrapping(store: &Store) -> Result<Vec<(String, u64)>> {
    let rows = sqlx::query(
        "SELECT wrapping_key, COUNT(*) AS keys FROM escrow_data_key GROUP BY wrapping_key \
         UNION ALL SELECT wrapping_key, COUNT(*) AS keys FROM second_factor GROUP BY wrapping_key",
    )
    .fetch_all(store.readers())
    .await?;
    let mut counts = BTreeMap::new();
    for row in &rows {
        let row = Row::new("escrow_data_key", row);
        *counts.entry(row.text("wrapping_key")?).or_default() += row.count("keys")?;
    }
    Ok(counts.into_iter().collect())
}

/// Puts new wrappings in the place of the ones that were read, all or none. One that was wrapped anew meanwhile stays.
pub async fn wrap_anew(store: &Store, wrapped: &[(Wrapping, WrappedKey)]) -> Result<()> {
    store
        .write(wrapped, |tx, wrapped| Box::pin(wrap_anew_in(tx, wrapped)))
        .await
}

async fn wrap_anew_in(tx: &mut AnyConnection, wrapped: &[(Wrapping, WrappedKey)]) -> Result<()> {
    for (before, new) in wrapped {
        sqlx::query(
            "UPDATE escrow_data_key SET wrapping_key = $5, wrapped = $6 WHERE organization_id = $1 \
             AND serial_number = $2 AND kind = $3 AND version = $4 AND wrapping_key = $7",
        )
        .bind(before.organization_id.to_string())
        .bind(before.serial_number.as_str())
        .bind(before.kind.word())
        .bind(i64::from(before.version))
        .bind(new.wrapping_key.as_str())
        .bind(new.wrapped.clone())
        .bind(before.key.wrapping_key.as_str())
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

pub(super) async fn insert_in(
    tx: &mut AnyConnection,
    line: Line<'_>,
    version: u32,
    key: &WrappedKey,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO escrow_data_key (organization_id, serial_number, kind, version, wrapping_key, wrapped) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(line.organization_id.to_string())
    .bind(line.serial_number)
    .bind(line.kind.word())
    .bind(i64::from(version))
    .bind(key.wrapping_key.as_str())
    .bind(key.wrapped.clone())
    .execute(tx)
    .await?;
    Ok(())
}

fn read(row: &AnyRow) -> Result<Wrapping> {
    let row = Row::new("escrow_data_key", row);
    Ok(Wrapping {
        organization_id: row.id("organization_id")?,
        serial_number: row.text("serial_number")?,
        kind: row.word("kind", EscrowKind::from_word)?,
        version: row.small("version")?,
        device_id: row.id("device_id")?,
        message_id: row.id("message_id")?,
        key: WrappedKey {
            wrapping_key: row.text("wrapping_key")?,
            wrapped: row.bytes("wrapped")?,
        },
    })
}
