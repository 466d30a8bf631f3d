//! Ending what an agent has begun and no longer knows.

use sqlx::AnyConnection;
use trust::action::ActionState;
use trust::code::Code;
use trust::id::ActionId;
use trust::time::Timestamp;

use super::Changed;
use super::end::{End, RUNNING, end_in};
use crate::actor::Actor;
use crate::{Result, Store};

/// Ends those of these actions that are running as `outcome_lost`.
pub async fn end_lost(store: &Store, lost: &[ActionId], now: Timestamp) -> Result<Vec<Changed>> {
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
