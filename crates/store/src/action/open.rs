//! What of a device's actions has not ended.

use sqlx::any::AnyRow;
use trust::action::{Action, ActionState};
use trust::id::{ActionId, DeviceId};
use trust::time::Timestamp;
use wire::envelope::Envelope;

use crate::row::Row;
use crate::{Result, Store};

/// An action that has not ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Open {
    /// Its id.
    pub id: ActionId,
    /// Where it stands.
    pub state: ActionState,
    /// When it was accepted.
    pub created_at: Timestamp,
    /// When the agent began it.
    pub started_at: Option<Timestamp>,
    /// Whether its bulk run holds it back.
    pub held: bool,
    /// It is shown to no agent before this.
    pub not_before: Option<Timestamp>,
}

impl Open {
    /// Whether it may be shown to the device's agent at `now`.
    pub fn may_be_offered(&self, now: Timestamp) -> bool {
        self.state.is_waiting() && !self.held && self.not_before.is_none_or(|open| open <= now)
    }
}

/// The device's actions that have not ended, oldest first.
pub async fn open(store: &Store, device_id: DeviceId) -> Result<Vec<Open>> {
    let rows = sqlx::query(
        "SELECT id, state, created_at, started_at, held, not_before FROM action WHERE device_id = $1 \
         AND state IN ('queued', 'offered', 'running') ORDER BY created_at, id",
    )
    .bind(device_id.to_string())
    .fetch_all(store.readers())
    .await?;
    rows.iter().map(read).collect()
}

/// The oldest of the device's actions that has not ended and asks the same as `action`.
pub async fn open_already(store: &Store, device_id: DeviceId, action: &Action) -> Result<Option<Open>> {
    let rows = sqlx::query(
        "SELECT id, state, created_at, started_at, held, not_before, envelope FROM action WHERE device_id = $1 \
         AND state IN ('queued', 'offered', 'running') AND kind = $2 ORDER BY created_at, id",
    )
    .bind(device_id.to_string())
    .bind(action.kind())
    .fetch_all(store.readers())
    .await?;
    for row in &rows {
        let envelope: Envelope = Row::new("action", row).json("envelope")?;
        if envelope.action.asks_the_same_as(action) {
            return read(row).map(Some);
        }
    }
    Ok(None)
}

fn read(row: &AnyRow) -> Result<Open> {
    let row = Row::new("action", row);
    Ok(Open {
        id: row.id("id")?,
        state: row.word("state", ActionState::from_word)?,
        created_at: row.time("created_at")?,
        started_at: row.optional_time("started_at")?,
        held: row.flag("held")?,
        not_before: row.optional_time("not_before")?,
    })
}
