//! When devices were last heard of, and with which agent. The time is written in batches: it is known in memory first
//! and needs no durability of its own.

use std::sync::LazyLock;

use sqlx::AnyConnection;
use trust::id::DeviceId;
use trust::time::Timestamp;

use crate::{Result, Store};

/// How many times are written by one statement.
const BY_ONE: usize = 32;

/// How many times are written by one transaction. Others that write have their turn in between.
const AT_ONCE: usize = 16 * BY_ONE;

/// Writes as many times as `BY_ONE` says.
static TOUCH: LazyLock<String> = LazyLock::new(|| {
    let others = (1..BY_ONE).map(|n| format!(" UNION ALL SELECT ${}, ${}", 2 * n + 1, 2 * n + 2));
    format!(
        "UPDATE device SET last_seen_at = seen.at FROM (SELECT $1 AS id, $2 AS at{}) AS seen \
         WHERE device.id = seen.id AND (device.last_seen_at IS NULL OR device.last_seen_at < seen.at)",
        others.collect::<String>()
    )
});

/// Writes when each of these devices was last heard of.
pub async fn touch(store: &Store, seen: &[(DeviceId, Timestamp)]) -> Result<()> {
    for part in seen.chunks(AT_ONCE) {
        store.write(part, |tx, part| Box::pin(touch_in(tx, part))).await?;
    }
    Ok(())
}

async fn touch_in(tx: &mut AnyConnection, seen: &[(DeviceId, Timestamp)]) -> Result<()> {
    for part in seen.chunks(BY_ONE) {
        let mut touch = sqlx::query(TOUCH.as_str());
        // The last one fills the places that are left.
        for (id, at) in part
            .iter()
            .chain(std::iter::repeat(&part[part.len() - 1]))
            .take(BY_ONE)
        {
            touch = touch.bind(id.to_string()).bind(at.as_millis());
        }
        touch.execute(&mut *tx).await?;
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
