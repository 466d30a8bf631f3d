//! Organisations. A server of one's own has one, made at its first start.

use sqlx::AnyConnection;
use trust::id::OrganizationId;
use trust::time::Timestamp;

use crate::row::Row;
use crate::{Result, Store};

/// The organisation of this server: the oldest one there is, or a new one with this id and name when there is none.
pub async fn first_or_new(
    store: &Store,
    id: OrganizationId,
    name: &str,
    at: Timestamp,
) -> Result<OrganizationId> {
    store
        .write(&(id, name, at), |tx, (id, name, at)| {
            Box::pin(first_or_insert(tx, *id, name, *at))
        })
        .await
}

async fn first_or_insert(
    tx: &mut AnyConnection,
    id: OrganizationId,
    name: &str,
    at: Timestamp,
) -> Result<OrganizationId> {
    let first = sqlx::query("SELECT id FROM organization ORDER BY created_at, id LIMIT 1")
        .fetch_optional(&mut *tx)
        .await?;
    if let Some(row) = first {
        return Row::new("organization", &row).id("id");
    }
    insert_in(tx, id, name, at).await?;
    Ok(id)
}

/// The organisation of this server: the oldest one there is.
pub async fn first(store: &Store) -> Result<Option<OrganizationId>> {
    let row = sqlx::query("SELECT id FROM organization ORDER BY created_at, id LIMIT 1")
        .fetch_optional(store.readers())
        .await?;
    row.map(|row| Row::new("organization", &row).id("id")).transpose()
}

/// Every organisation, the oldest first.
pub async fn all(store: &Store) -> Result<Vec<OrganizationId>> {
    let rows = sqlx::query("SELECT id FROM organization ORDER BY created_at, id")
        .fetch_all(store.readers())
        .await?;
    rows.iter()
        .map(|row| Row::new("organization", row).id("id"))
        .collect()
}

/// The name of an organisation; empty when there is none of this id.
pub async fn name(store: &Store, id: OrganizationId) -> Result<String> {
    let row = sqlx::query("SELECT name FROM organization WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(store.readers())
        .await?;
    row.map_or(Ok(String::new()), |row| {
        Row::new("organization", &row).text("name")
    })
}

/// Gives an organisation another name.
pub async fn rename(store: &Store, id: OrganizationId, name: &str) -> Result<()> {
    store
        .write(&(id, name), |tx, (id, name)| {
            Box::pin(async move {
                sqlx::query("UPDATE organization SET name = $2 WHERE id = $1 AND name <> $2")
                    .bind(id.to_string())
                    .bind(*name)
                    .execute(tx)
                    .await?;
                Ok(())
            })
        })
        .await
}

/// Makes a further organisation.
pub async fn create(store: &Store, id: OrganizationId, name: &str, at: Timestamp) -> Result<()> {
    store
        .write(&(id, name, at), |tx, (id, name, at)| {
            Box::pin(insert_in(tx, *id, name, *at))
        })
        .await
}

async fn insert_in(tx: &mut AnyConnection, id: OrganizationId, name: &str, at: Timestamp) -> Result<()> {
    sqlx::query("INSERT INTO organization (id, name, created_at) VALUES ($1, $2, $3)")
        .bind(id.to_string())
        .bind(name)
        .bind(at.as_millis())
        .execute(tx)
        .await?;
    Ok(())
}
