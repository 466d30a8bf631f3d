//! Continuing a run that has stopped. It begins with a canary again: what had ended before no longer counts.

use sqlx::AnyConnection;
use trust::bulk::RunState;
use trust::id::BulkRunId;

use super::progress::ended_in;
use super::{Asked, Told, asked, note};
use crate::audit::Verb;
use crate::idempotency::Request;
use crate::{Result, Store};

/// Continues a stopped run, on behalf of the request's actor. Repeating the request does it once.
pub async fn resume(store: &Store, request: &Request, id: BulkRunId, reason: Option<&str>) -> Result<Asked> {
    store
        .write(&(request, id, reason), |tx, (request, id, reason)| {
            Box::pin(resume_in(tx, request, *id, *reason))
        })
        .await
}

async fn resume_in(
    tx: &mut AnyConnection,
    request: &Request,
    id: BulkRunId,
    reason: Option<&str>,
) -> Result<Asked> {
    let run = match asked::begin(tx, request, id).await? {
        Ok(run) => run,
        Err(answer) => return Ok(answer),
    };
    if run.state != RunState::Stopped || run.finished_at.is_some() {
        return Ok(Asked::NotNow(Box::new(run)));
    }
    let (succeeded, failed) = ended_in(tx, id).await?;
    sqlx::query(
        "UPDATE bulk_run SET state = 'running', code = NULL, succeeded_before = $2, failed_before = $3 WHERE id = $1",
    )
    .bind(id.to_string())
    .bind(i64::try_from(succeeded).unwrap_or(i64::MAX))
    .bind(i64::try_from(failed).unwrap_or(i64::MAX))
    .execute(&mut *tx)
    .await?;
    let told = Told {
        verb: Verb::BulkRunContinued,
        actor: &request.actor,
        at: request.at,
        reason,
        detail: None,
    };
    note(tx, &run, told).await?;
    asked::done(tx, request, id).await
}
