//! Accepting a run: its row, the audit entry and the answer under the caller's key, in one transaction. Its devices follow
//! chunk by chunk.

use sqlx::AnyConnection;
use trust::bulk::{Canary, RunState};
use trust::id::BulkRunId;
use trust::time::Timestamp;

use super::{Told, find_in, note};
use crate::audit::Verb;
use crate::idempotency::{self, Known, Request};
use crate::row::to_json;
use crate::{Result, Store};

/// A run to be accepted.
#[derive(Debug, Clone)]
pub struct NewBulkRun {
    /// The request that asks for it.
    pub request: Request,
    /// Its id.
    pub id: BulkRunId,
    /// The kind of its actions.
    pub kind: &'static str,
    /// What is asked, as JSON without secrets.
    pub asked: String,
    /// How many devices go first.
    pub canary: Canary,
    /// It stops when so many of a hundred have failed.
    pub stop_at_failure_percent: u8,
    /// At most so many devices at the same time.
    pub in_flight: u64,
    /// It releases nothing before this.
    pub not_before: Option<Timestamp>,
    /// No agent begins an action of it after this.
    pub not_after: Timestamp,
    /// Why, in the caller's words.
    pub reason: Option<String>,
    /// The answer to this request and to its repetitions.
    pub answer: String,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Accepted {
    /// It is being prepared.
    Preparing,
    /// It was accepted before; this was the answer.
    Before(String),
    /// The idempotency key belongs to another request.
    KeyReused,
}

/// Accepts a run. Unless the answer is [`Accepted::Preparing`], nothing was changed.
pub async fn accept(store: &Store, new: &NewBulkRun) -> Result<Accepted> {
    store.write(new, |tx, new| Box::pin(accept_in(tx, new))).await
}

async fn accept_in(tx: &mut AnyConnection, new: &NewBulkRun) -> Result<Accepted> {
    match idempotency::look_up_in(tx, &new.request).await? {
        Known::New => {}
        Known::Same(answer) => return Ok(Accepted::Before(answer.unwrap_or_default())),
        Known::Other => return Ok(Accepted::KeyReused),
    }
    insert(tx, new).await?;
    idempotency::keep_in(tx, &new.request, Some(&new.answer)).await?;
    if let Some(run) = find_in(tx, new.id).await? {
        let told = Told {
            verb: Verb::BulkRunAccepted,
            actor: &new.request.actor,
            at: new.request.at,
            reason: new.reason.as_deref(),
            detail: Some(new.asked.clone()),
        };
        note(tx, &run, told).await?;
    }
    Ok(Accepted::Preparing)
}

async fn insert(tx: &mut AnyConnection, new: &NewBulkRun) -> Result<()> {
    sqlx::query(
        "INSERT INTO bulk_run (organization_id, id, kind, asked, canary, stop_at_failure_percent, in_flight, not_before, \
         not_after, reason, state, succeeded_before, failed_before, created_at, created_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, 0, $12, $13)",
    )
    .bind(new.request.organization_id.to_string())
    .bind(new.id.to_string())
    .bind(new.kind)
    .bind(new.asked.as_str())
    .bind(to_json("canary", &new.canary)?)
    .bind(i64::from(new.stop_at_failure_percent))
    .bind(i64::try_from(new.in_flight).unwrap_or(i64::MAX))
    .bind(new.not_before.map(Timestamp::as_millis))
    .bind(new.not_after.as_millis())
    .bind(new.reason.clone())
    .bind(RunState::Preparing.word())
    .bind(new.request.at.as_millis())
    .bind(new.request.actor.to_string())
    .execute(tx)
    .await?;
    Ok(())
}
