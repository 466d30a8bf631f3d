//! Bulk runs: one action asked of many devices, from acceptance to the last device's result.
//!
//! ```text
//! preparing ──► running ──► finished
//!     │          │   ▲
//!     │          ▼   │ continued
//!     │         stopped
//!     └──────────┴─► cancelled | interrupted
//! ```
//!
//! Every change of a run begins with an `UPDATE` of its row, which makes changes of one run wait for each other. A run has
//! a `finished_at` when all of its actions have ended, whatever its state.

mod accept;
mod advance;
mod asked;
mod cancel;
mod list;
mod prepare;
mod progress;
mod resume;
mod stop;

pub use accept::{Accepted, NewBulkRun, accept};
pub use advance::{Advanced, advance};
pub use asked::Asked;
pub use cancel::{cancel, cancel_waiting, interrupt};
pub use list::list;
pub use prepare::{Chunk, ChunkAdded, NewMember, NewMemberAction, add_members, ready};
pub use progress::{ActionCount, MemberCount, Progress, progress};
pub use resume::resume;
pub use stop::stop;

use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use trust::bulk::{Canary, RunState};
use trust::code::Code;
use trust::id::{BulkRunId, OrganizationId};
use trust::time::Timestamp;

use crate::actor::Actor;
use crate::audit::{self, NewEntry, Verb};
use crate::row::Row;
use crate::{Result, Store};

/// What puts a turn behind those of all devices that had a better one.
const BEHIND: i64 = 1_000_000_000;

/// One bulk run as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkRun {
    /// Its organisation.
    pub organization_id: OrganizationId,
    /// Its id.
    pub id: BulkRunId,
    /// The kind of its actions.
    pub kind: String,
    /// What was asked, as JSON without secrets. What is in it is the caller's business.
    pub asked: String,
    /// How many devices go first, as it was asked.
    pub canary: Canary,
    /// How many these are; known when every device is planned.
    pub canary_size: Option<u64>,
    /// It stops when so many of a hundred have failed.
    pub stop_at_failure_percent: u8,
    /// At most so many devices at the same time.
    pub in_flight: u64,
    /// It releases nothing before this.
    pub not_before: Option<Timestamp>,
    /// No agent begins an action of it after this.
    pub not_after: Timestamp,
    /// Why, in the words of who asked.
    pub reason: Option<String>,
    /// Where it stands.
    pub state: RunState,
    /// Why it is stopped, cancelled or interrupted.
    pub code: Option<Code>,
    /// When it was accepted.
    pub created_at: Timestamp,
    /// Who asked: an [`Actor`] as text.
    pub created_by: String,
    /// When every device was planned.
    pub ready_at: Option<Timestamp>,
    /// When it was stopped last.
    pub stopped_at: Option<Timestamp>,
    /// When the last of its actions had ended.
    pub finished_at: Option<Timestamp>,
    /// How many had succeeded and failed when it was last continued.
    before: (u64, u64),
}

/// The run of this id in the organisation.
pub async fn find(store: &Store, organization_id: OrganizationId, id: BulkRunId) -> Result<Option<BulkRun>> {
    let mut reader = store.readers().acquire().await?;
    let found = find_in(&mut reader, id).await?;
    Ok(found.filter(|run| run.organization_id == organization_id))
}

/// The runs of which something may still have to be done, whichever organisation's, oldest first.
pub async fn unfinished(store: &Store) -> Result<Vec<BulkRun>> {
    let rows = sqlx::query("SELECT * FROM bulk_run WHERE finished_at IS NULL ORDER BY created_at, id")
        .fetch_all(store.readers())
        .await?;
    rows.iter().map(read).collect()
}

async fn find_in(connection: &mut AnyConnection, id: BulkRunId) -> Result<Option<BulkRun>> {
    let row = sqlx::query("SELECT * FROM bulk_run WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(read).transpose()
}

/// The run, which nobody else changes until the transaction ends.
async fn lock(tx: &mut AnyConnection, id: BulkRunId) -> Result<Option<BulkRun>> {
    let row = sqlx::query("UPDATE bulk_run SET state = state WHERE id = $1 RETURNING *")
        .bind(id.to_string())
        .fetch_optional(tx)
        .await?;
    row.as_ref().map(read).transpose()
}

/// Adds what has happened to a run to the audit log.
async fn note(tx: &mut AnyConnection, run: &BulkRun, told: Told<'_>) -> Result<()> {
    let entry = NewEntry {
        organization_id: run.organization_id,
        at: told.at,
        actor: told.actor,
        verb: told.verb,
        device_id: None,
        subject: Some(run.id.to_string()),
        reason: told.reason,
        detail: told.detail,
    };
    audit::append(tx, entry).await
}

/// What has happened to a run.
struct Told<'a> {
    verb: Verb,
    actor: &'a Actor,
    at: Timestamp,
    reason: Option<&'a str>,
    detail: Option<String>,
}

fn read(row: &AnyRow) -> Result<BulkRun> {
    let row = Row::new("bulk_run", row);
    let percent = u8::try_from(row.number("stop_at_failure_percent")?);
    let canary_size = row.optional_number("canary_size")?.map(u64::try_from).transpose();
    Ok(BulkRun {
        organization_id: row.id("organization_id")?,
        id: row.id("id")?,
        kind: row.text("kind")?,
        asked: row.text("asked")?,
        canary: row.json("canary")?,
        canary_size: canary_size.map_err(|_| row.inconsistent("canary_size"))?,
        stop_at_failure_percent: percent.map_err(|_| row.inconsistent("stop_at_failure_percent"))?,
        in_flight: row.count("in_flight")?,
        not_before: row.optional_time("not_before")?,
        not_after: row.time("not_after")?,
        reason: row.optional_text("reason")?,
        state: row.word("state", RunState::from_word)?,
        code: row.optional_word("code", Code::from_word)?,
        created_at: row.time("created_at")?,
        created_by: row.text("created_by")?,
        ready_at: row.optional_time("ready_at")?,
        stopped_at: row.optional_time("stopped_at")?,
        finished_at: row.optional_time("finished_at")?,
        before: (row.count("succeeded_before")?, row.count("failed_before")?),
    })
}
