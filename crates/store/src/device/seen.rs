//! When devices were last heard of, and with which agent. The time is written in batches: it is known in memory first
//! and needs no durability of its own.

use sqlx::AnyConnection;
use trust::id::DeviceId;
use trust::time::Timestamp;

use crate::{Result, Store};

/// Writes when each of these devices was last heard of.
pub async fn touch(store: &Store, seen: &[(DeviceId, Timestamp)]) -> Result<()> {
    if seen.is_empty() {
        return Ok(());
    }
    store.write(seen, |tx, seen| Box::pin(touch_in(tx, seen))).await
}

async fn touch_in(tx: &mut AnyConnection, seen: &[(DeviceId, Timestamp)]) -> Result<()> {
    for (id, at) in seen {
        sqlx::query(
            "UPDATE device SET last_seen_at = $2 WHERE id = $1 AND (last_seen_at IS NULL OR last_seen_at < $2)",
        )
        .bind(id.to_string())
        .bind(at.as_millis())
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

/// Writes which agent the device runs.
pub async fn set_agent_version(store: &Store, id: DeviceId, version: &str) -> Result<()> {
    store
        .write(&(id, version), |tx, (id, version)| {
            Box::pin(async move {
                sqlx::query("UPDATE device SET agent_version = $2 WHERE id = $1")
                    .bind(id.to_string())
                    .bind(*version)
                    .execute(tx)
                    .await?;
                Ok(())
            })
        })
        .await
}
