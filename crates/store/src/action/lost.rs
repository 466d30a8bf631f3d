//! Ending what an agent has begun and no longer knows.

use sqlx::AnyConnection;
use trust::action::ActionState;
use trust::code::Code;
use trust::id::{ActionId, DeviceId};
use trust::time::Timestamp;

use super::Changed;
use super::end::{End, RUNNING, end_in};
use crate::actor::Actor;
use crate::row::Row;
use crate::{Result, Store};

/// Ends, as `outcome_lost`, the running actions of the device that are not among `unfinished`, which is what its agent
/// knows of. Those that began after `begun_until` are left alone: the agent may have begun them while it was telling.
pub async fn end_lost(
    store: &Store,
    device_id: DeviceId,
    unfinished: &[ActionId],
    begun_until: Timestamp,
    now: Timestamp,
) -> Result<Vec<Changed>> {
    let rows = sqlx::query(
        "SELECT id FROM action WHERE device_id = $1 AND state = 'running' AND started_at <= $2 ORDER BY started_at",
    )
    .bind(device_id.to_string())
    .bind(begun_until.as_millis())
    .fetch_all(store.readers())
    .await?;
    let mut lost: Vec<ActionId> = Vec::new();
    for row in &rows {
        let id = Row::new("action", row).id("id")?;
        if !unfinished.contains(&id) {
            lost.push(id);
        }
    }
    if lost.is_empty() {
        return Ok(Vec::new());
    }
    store
        .write(&(lost, now), |tx, (lost, now)| {
            Box::pin(end_in_order(tx, lost, *now))
        })
        .await
}

async fn end_in_order(tx: &mut AnyConnection, lost: &[ActionId], now: Timestamp) -> Result<Vec<Changed>> {
    let mut ended = Vec::new();
    for id in lost {
        let end = End {
            id: *id,
            state: ActionState::Failed,
            code: Code::OutcomeLost,
            outcome: None,
            at: now,
            actor: &Actor::Server,
        };
        ended.extend(end_in(tx, RUNNING, &end).await?.map(|action| action.changed()));
    }
    Ok(ended)
}
