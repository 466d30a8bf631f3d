//! Calling a run back, and ending one whose preparation was cut off. The run has its new state at once; its waiting actions
//! are called back in bounded batches afterwards, by whoever finds them.

use sqlx::AnyConnection;
use trust::action::ActionState;
use trust::bulk::RunState;
use trust::code::Code;
use trust::id::{ActionId, BulkRunId};
use trust::time::Timestamp;

use super::{Asked, BulkRun, Told, asked, note, read};
use crate::action::{Changed, End, WAITING, end_in};
use crate::actor::Actor;
use crate::audit::Verb;
use crate::idempotency::Request;
use crate::row::Row;
use crate::{Result, Store};

/// How many actions one transaction ends.
const BATCH: i64 = 200;

/// Calls a run back, on behalf of the request's actor.
pub async fn cancel(store: &Store, request: &Request, id: BulkRunId, reason: Option<&str>) -> Result<Asked> {
    store
        .write(&(request, id, reason), |tx, (request, id, reason)| {
            Box::pin(cancel_in(tx, request, *id, *reason))
        })
        .await
}

async fn cancel_in(
    tx: &mut AnyConnection,
    request: &Request,
    id: BulkRunId,
    reason: Option<&str>,
) -> Result<Asked> {
    let run = match asked::begin(tx, request, id).await? {
        Ok(run) => run,
        Err(answer) => return Ok(answer),
    };
    if run.state == RunState::Cancelled {
        return Ok(Asked::Done(Box::new(run)));
    }
    if run.state.is_over() || run.finished_at.is_some() {
        return Ok(Asked::NotNow(Box::new(run)));
    }
    set_over(tx, id, RunState::Cancelled, Code::Cancelled).await?;
    let told = Told {
        verb: Verb::BulkRunCancelled,
        actor: &request.actor,
        at: request.at,
        reason,
        detail: None,
    };
    note(tx, &run, told).await?;
    asked::done(tx, request, id).await
}

/// Ends what is being prepared, one run or every one: nobody is left who knows its passwords. Every one is for the start of
/// a server that is the only one on this store.
pub async fn interrupt(store: &Store, only: Option<BulkRunId>, at: Timestamp) -> Result<Vec<BulkRun>> {
    store
        .write(&(only, at), |tx, (only, at)| {
            Box::pin(interrupt_in(tx, *only, *at))
        })
        .await
}

async fn interrupt_in(
    tx: &mut AnyConnection,
    only: Option<BulkRunId>,
    at: Timestamp,
) -> Result<Vec<BulkRun>> {
    let rows = sqlx::query("SELECT * FROM bulk_run WHERE finished_at IS NULL AND state = 'preparing'")
        .fetch_all(&mut *tx)
        .await?;
    let mut runs: Vec<BulkRun> = rows.iter().map(read).collect::<Result<_>>()?;
    runs.retain(|run| only.is_none_or(|only| run.id == only));
    for run in &runs {
        set_over(tx, run.id, RunState::Interrupted, Code::BulkInterrupted).await?;
        let told = Told {
            verb: Verb::BulkRunInterrupted,
            actor: &Actor::Server,
            at,
            reason: None,
            detail: None,
        };
        note(tx, run, told).await?;
    }
    Ok(runs)
}

async fn set_over(tx: &mut AnyConnection, id: BulkRunId, state: RunState, code: Code) -> Result<()> {
    sqlx::query("UPDATE bulk_run SET state = $2, code = $3 WHERE id = $1")
        .bind(id.to_string())
        .bind(state.word())
        .bind(code.word())
        .execute(tx)
        .await?;
    Ok(())
}

/// Calls some of the waiting actions of a run back that is cancelled or interrupted. Answers none when none is left.
pub async fn cancel_waiting(store: &Store, run: &BulkRun, at: Timestamp) -> Result<Vec<Changed>> {
    let Some(code) = run.code.filter(|_| run.state.is_over()) else {
        return Ok(Vec::new());
    };
    let waiting = waiting(store, run.id).await?;
    if waiting.is_empty() {
        return Ok(Vec::new());
    }
    store
        .write(&(waiting, code, at), |tx, (waiting, code, at)| {
            Box::pin(cancel_all_in(tx, waiting, *code, *at))
        })
        .await
}

async fn waiting(store: &Store, id: BulkRunId) -> Result<Vec<ActionId>> {
    let rows = sqlx::query(
        "SELECT id FROM action WHERE bulk_run_id = $1 AND state IN ('queued', 'offered') LIMIT $2",
    )
    .bind(id.to_string())
    .bind(BATCH)
    .fetch_all(store.readers())
    .await?;
    rows.iter().map(|row| Row::new("action", row).id("id")).collect()
}

async fn cancel_all_in(
    tx: &mut AnyConnection,
    waiting: &[ActionId],
    code: Code,
    at: Timestamp,
) -> Result<Vec<Changed>> {
    let mut ended = Vec::new();
    for id in waiting {
        let end = End {
            id: *id,
            state: ActionState::Cancelled,
            code,
            outcome: None,
            at,
            actor: &Actor::Server,
        };
        ended.extend(end_in(tx, WAITING, &end).await?.map(|action| action.changed()));
    }
    Ok(ended)
}
