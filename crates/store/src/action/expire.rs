//! Ending what waited too long.

use sqlx::AnyConnection;
use trust::action::ActionState;
use trust::code::Code;
use trust::id::ActionId;
use trust::time::Timestamp;

use super::Changed;
use super::end::{End, WAITING, end_in};
use crate::actor::Actor;
use crate::row::Row;
use crate::{Result, Store};

/// How many actions one transaction ends.
const BATCH: i64 = 200;

/// Ends every waiting action whose time had run out at `now`, whichever organisation's. When there is none, nothing is
/// written.
pub async fn expire_due(store: &Store, now: Timestamp) -> Result<Vec<Changed>> {
    let mut expired = Vec::new();
    loop {
        let due = due(store, now).await?;
        if due.is_empty() {
            return Ok(expired);
        }
        let ended = store
            .write(&(due, now), |tx, (due, now)| Box::pin(expire_in(tx, due, *now)))
            .await?;
        expired.extend(ended);
    }
}

async fn due(store: &Store, now: Timestamp) -> Result<Vec<ActionId>> {
    let rows = sqlx::query(
        "SELECT id FROM action WHERE state IN ('queued', 'offered') AND not_after <= $1 ORDER BY not_after LIMIT $2",
    )
    .bind(now.as_millis())
    .bind(BATCH)
    .fetch_all(store.readers())
    .await?;
    rows.iter().map(|row| Row::new("action", row).id("id")).collect()
}

async fn expire_in(tx: &mut AnyConnection, due: &[ActionId], now: Timestamp) -> Result<Vec<Changed>> {
    let mut ended = Vec::new();
    for id in due {
        let end = End {
            id: *id,
            state: ActionState::Expired,
            code: Code::Expired,
            outcome: None,
            at: now,
            actor: &Actor::Server,
        };
        ended.extend(end_in(tx, WAITING, &end).await?.map(|action| action.changed()));
    }
    Ok(ended)
}
