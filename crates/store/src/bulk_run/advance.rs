//! What a run does next, decided and done in one transaction, so that nobody decides from numbers that are no longer so.

use sqlx::AnyConnection;
use trust::action::ActionState;
use trust::bulk::{Decision, RunState, Standing};
use trust::code::Code;
use trust::id::{ActionId, BulkRunId, DeviceId};
use trust::time::Timestamp;

use super::progress::standing_in;
use super::stop::take_back_and_stop;
use super::{BEHIND, BulkRun, Told, find_in, lock, note};
use crate::action::Changed;
use crate::actor::Actor;
use crate::audit::Verb;
use crate::row::Row;
use crate::{Result, Store};

/// How a run decides.
type Decide = fn(&Standing) -> Decision;

/// What has changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Advanced {
    /// Actions that their agents may be shown now.
    pub released: Vec<(ActionId, DeviceId)>,
    /// Actions that ended because the run stopped.
    pub ended: Vec<Changed>,
    /// The run has another state, or has finished.
    pub changed: bool,
}

/// Does what `decide` says of the run, until it says to hold. When it says so at once, nothing is written.
pub async fn advance(store: &Store, id: BulkRunId, now: Timestamp, decide: Decide) -> Result<Advanced> {
    let mut snapshot = store.readers().begin().await?;
    let is_still = match find_in(&mut snapshot, id).await? {
        Some(run) => decide(&standing_in(&mut snapshot, &run, now).await?) == Decision::Hold,
        None => true,
    };
    snapshot.commit().await?;
    if is_still {
        return Ok(Advanced::default());
    }
    store
        .write(&(id, now, decide), |tx, (id, now, decide)| {
            Box::pin(advance_in(tx, *id, *now, *decide))
        })
        .await
}

async fn advance_in(
    tx: &mut AnyConnection,
    id: BulkRunId,
    now: Timestamp,
    decide: Decide,
) -> Result<Advanced> {
    let mut advanced = Advanced::default();
    while let Some(run) = lock(tx, id).await? {
        match decide(&standing_in(tx, &run, now).await?) {
            Decision::Hold => break,
            Decision::Release(count) => {
                let released = release(tx, id, count, now).await?;
                if released.is_empty() {
                    break;
                }
                advanced.released.extend(released);
            }
            Decision::TakeBack => take_back_unclaimed(tx, id, now).await?,
            Decision::Stop => {
                let why = (Code::BulkTooManyFailed, &Actor::Server, None);
                advanced
                    .ended
                    .extend(take_back_and_stop(tx, &run, why, now).await?);
                advanced.changed = true;
            }
            Decision::Finish => {
                finish(tx, &run, now).await?;
                advanced.changed = true;
                break;
            }
        }
    }
    Ok(advanced)
}

async fn release(
    tx: &mut AnyConnection,
    id: BulkRunId,
    count: u64,
    now: Timestamp,
) -> Result<Vec<(ActionId, DeviceId)>> {
    let rows = sqlx::query(
        "UPDATE action SET held = 0, released_at = $2 WHERE id IN (SELECT id FROM action \
         WHERE bulk_run_id = $1 AND held = 1 ORDER BY turn, id LIMIT $3) AND state = $4 RETURNING id, device_id",
    )
    .bind(id.to_string())
    .bind(now.as_millis())
    .bind(i64::try_from(count).unwrap_or(i64::MAX))
    .bind(ActionState::Queued.word())
    .fetch_all(tx)
    .await?;
    rows.iter()
        .map(|row| {
            let row = Row::new("action", row);
            Ok((row.id("id")?, row.id("device_id")?))
        })
        .collect()
}

/// Holds again what no device has come for. Others are released first from now on.
async fn take_back_unclaimed(tx: &mut AnyConnection, id: BulkRunId, now: Timestamp) -> Result<()> {
    sqlx::query(
        "UPDATE action SET held = 1, released_at = NULL, turn = turn + $3 \
         WHERE bulk_run_id = $1 AND state = 'queued' AND held = 0 AND released_at <= $2",
    )
    .bind(id.to_string())
    .bind(super::progress::unclaimed_since(now).as_millis())
    .bind(BEHIND)
    .execute(tx)
    .await?;
    Ok(())
}

async fn finish(tx: &mut AnyConnection, run: &BulkRun, now: Timestamp) -> Result<()> {
    let state = match run.state {
        RunState::Running => RunState::Finished,
        other => other,
    };
    let finished =
        sqlx::query("UPDATE bulk_run SET state = $2, finished_at = $3 WHERE id = $1 AND finished_at IS NULL")
            .bind(run.id.to_string())
            .bind(state.word())
            .bind(now.as_millis())
            .execute(&mut *tx)
            .await?;
    if finished.rows_affected() == 0 {
        return Ok(());
    }
    let told = Told {
        verb: Verb::BulkRunFinished,
        actor: &Actor::Server,
        at: now,
        reason: None,
        detail: Some(state.word().to_owned()),
    };
    note(tx, run, told).await
}
