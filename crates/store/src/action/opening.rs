//! Actions whose time to begin has come.

use trust::id::DeviceId;
use trust::time::Timestamp;

use crate::row::Row;
use crate::{Result, Store};

/// The devices for which an action has come to its `not_before` after `since` and at `now` at the latest.
pub async fn opened(store: &Store, since: Timestamp, now: Timestamp) -> Result<Vec<DeviceId>> {
    let rows = sqlx::query(
        "SELECT DISTINCT device_id FROM action WHERE state = 'queued' AND not_before IS NOT NULL \
         AND not_before > $1 AND not_before <= $2 AND held = 0",
    )
    .bind(since.as_millis())
    .bind(now.as_millis())
    .fetch_all(store.readers())
    .await?;
    rows.iter()
        .map(|row| Row::new("action", row).id("device_id"))
        .collect()
}
