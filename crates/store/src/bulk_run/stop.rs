//! Stopping a run: it releases nothing more. What no agent was shown is held again and goes on when the run is continued;
//! what an agent was shown and has not begun is called back, because an agent takes no id a second time.

use sqlx::AnyConnection;
use trust::action::ActionState;
use trust::bulk::RunState;
use trust::code::Code;
use trust::id::{ActionId, BulkRunId};
use trust::time::Timestamp;

use super::{Asked, BulkRun, Told, asked, note};
use crate::action::{Changed, End, WAITING, end_in};
use crate::actor::Actor;
use crate::audit::Verb;
use crate::idempotency::Request;
use crate::row::Row;
use crate::{Result, Store};

/// Stops a run that is running, on behalf of the request's actor. Answers as well which actions were called back.
pub async fn stop(
    store: &Store,
    request: &Request,
    id: BulkRunId,
    reason: Option<&str>,
) -> Result<(Asked, Vec<Changed>)> {
    store
        .write(&(request, id, reason), |tx, (request, id, reason)| {
            Box::pin(stop_in(tx, request, *id, *reason))
        })
        .await
}

async fn stop_in(
    tx: &mut AnyConnection,
    request: &Request,
    id: BulkRunId,
    reason: Option<&str>,
) -> Result<(Asked, Vec<Changed>)> {
    let run = match asked::begin(tx, request, id).await? {
        Ok(run) => run,
        Err(answer) => return Ok((answer, Vec::new())),
    };
    match run.state {
        RunState::Running => {}
        RunState::Stopped => return Ok((Asked::Done(Box::new(run)), Vec::new())),
        RunState::Preparing | RunState::Finished | RunState::Cancelled | RunState::Interrupted => {
            return Ok((Asked::NotNow(Box::new(run)), Vec::new()));
        }
    }
    let why = (Code::BulkStopped, &request.actor, reason);
    let ended = take_back_and_stop(tx, &run, why, request.at).await?;
    Ok((asked::done(tx, request, id).await?, ended))
}

/// Stops a run, whoever or whatever is the reason. Answers which actions were called back.
pub(super) async fn take_back_and_stop(
    tx: &mut AnyConnection,
    run: &BulkRun,
    (code, actor, reason): (Code, &Actor, Option<&str>),
    at: Timestamp,
) -> Result<Vec<Changed>> {
    sqlx::query("UPDATE bulk_run SET state = 'stopped', code = $2, stopped_at = $3 WHERE id = $1")
        .bind(run.id.to_string())
        .bind(code.word())
        .bind(at.as_millis())
        .execute(&mut *tx)
        .await?;
    sqlx::query(
        "UPDATE action SET held = 1, released_at = NULL WHERE bulk_run_id = $1 AND state = 'queued' AND held = 0",
    )
    .bind(run.id.to_string())
    .execute(&mut *tx)
    .await?;
    let mut ended = Vec::new();
    for id in offered(tx, run.id).await? {
        let end = End {
            id,
            state: ActionState::Cancelled,
            code: Code::BulkStopped,
            outcome: None,
            at,
            actor,
        };
        ended.extend(end_in(tx, WAITING, &end).await?.map(|action| action.changed()));
    }
    let told = Told {
        verb: Verb::BulkRunStopped,
        actor,
        at,
        reason,
        detail: Some(code.word().to_owned()),
    };
    note(tx, run, told).await?;
    Ok(ended)
}

/// The actions of a run that were shown to their agents. They are about as many as the run may have in flight.
async fn offered(tx: &mut AnyConnection, id: BulkRunId) -> Result<Vec<ActionId>> {
    let rows = sqlx::query("SELECT id FROM action WHERE bulk_run_id = $1 AND state = 'offered'")
        .bind(id.to_string())
        .fetch_all(tx)
        .await?;
    rows.iter().map(|row| Row::new("action", row).id("id")).collect()
}
