//! What of a device's actions has not ended.

use trust::action::ActionState;
use trust::id::{ActionId, DeviceId};
use trust::time::Timestamp;

use crate::row::Row;
use crate::{Result, Store};

/// An action that has not ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Open {
    /// Its id.
    pub id: ActionId,
    /// Where it stands.
    pub state: ActionState,
    /// When the agent began it.
    pub started_at: Option<Timestamp>,
}

/// The device's actions that have not ended, oldest first.
pub async fn open(store: &Store, device_id: DeviceId) -> Result<Vec<Open>> {
    let rows = sqlx::query(
        "SELECT id, state, started_at FROM action WHERE device_id = $1 \
         AND state IN ('queued', 'offered', 'running') ORDER BY created_at, id",
    )
    .bind(device_id.to_string())
    .fetch_all(store.readers())
    .await?;
    rows.iter()
        .map(|row| {
            let row = Row::new("action", row);
            Ok(Open {
                id: row.id("id")?,
                state: row.word("state", ActionState::from_word)?,
                started_at: row.optional_time("started_at")?,
            })
        })
        .collect()
}
