//! The agent asks whether it may begin.

use sqlx::AnyConnection;
use trust::action::ActionState;
use trust::id::{ActionId, DeviceId};
use trust::time::Timestamp;

use super::{Action, find_in};
use crate::actor::Actor;
use crate::audit::{self, NewEntry, Verb};
use crate::{Result, Store};

/// What the agent is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Started {
    /// It begins now.
    Now(Box<Action>),
    /// It was told so before.
    Before,
    /// It must not begin: the action has ended, or its time has run out.
    TooLate(Box<Action>),
    /// The device has no such action.
    NotFound,
}

/// Lets the agent of `device_id` begin an action that waits for it and whose time has not run out.
pub async fn start(store: &Store, device_id: DeviceId, id: ActionId, now: Timestamp) -> Result<Started> {
    store
        .write(&(device_id, id, now), |tx, (device_id, id, now)| {
            Box::pin(start_in(tx, *device_id, *id, *now))
        })
        .await
}

async fn start_in(
    tx: &mut AnyConnection,
    device_id: DeviceId,
    id: ActionId,
    now: Timestamp,
) -> Result<Started> {
    let begun = sqlx::query(
        "UPDATE action SET state = 'running', started_at = $3 WHERE id = $1 AND device_id = $2 \
         AND state IN ('queued', 'offered') AND not_after > $3 AND held = 0 \
         AND (not_before IS NULL OR not_before <= $3)",
    )
    .bind(id.to_string())
    .bind(device_id.to_string())
    .bind(now.as_millis())
    .execute(&mut *tx)
    .await?;
    let found = find_in(tx, id).await?;
    let Some(action) = found.filter(|action| action.envelope.device_id == device_id) else {
        return Ok(Started::NotFound);
    };
    if begun.rows_affected() == 0 {
        return Ok(if action.state == ActionState::Running {
            Started::Before
        } else {
            Started::TooLate(Box::new(action))
        });
    }
    let entry = NewEntry {
        organization_id: action.envelope.organization_id,
        at: now,
        actor: &Actor::Device(device_id),
        verb: Verb::ActionStarted,
        device_id: Some(device_id),
        subject: Some(id.to_string()),
        reason: None,
        detail: None,
    };
    audit::append(tx, entry).await?;
    Ok(Started::Now(Box::new(action)))
}
