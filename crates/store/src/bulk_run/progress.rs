//! How far a run has come, counted from indices.

use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use trust::action::ActionState;
use trust::bulk::{CLAIMED_WITHIN, Counts, HEARD_WITHIN, Readiness, Standing, Terms};
use trust::code::Code;
use trust::id::BulkRunId;
use trust::time::Timestamp;

use super::BulkRun;
use crate::row::Row;
use crate::{Result, Store};

/// How far a run has come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Progress {
    /// Its devices.
    pub members: Vec<MemberCount>,
    /// Its actions.
    pub actions: Vec<ActionCount>,
}

/// How many devices lack the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemberCount {
    /// What they lack.
    pub readiness: Readiness,
    /// Why they got no action.
    pub code: Option<Code>,
    /// How many they are.
    pub count: u64,
}

/// How many actions stand the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActionCount {
    /// Where they stand.
    pub state: ActionState,
    /// Whether the run holds them back.
    pub held: bool,
    /// How they ended.
    pub code: Option<Code>,
    /// How many they are.
    pub count: u64,
}

/// How far the run has come.
pub async fn progress(store: &Store, id: BulkRunId) -> Result<Progress> {
    let members = sqlx::query(
        "SELECT readiness, code, COUNT(*) AS number FROM bulk_member WHERE bulk_run_id = $1 GROUP BY readiness, code",
    )
    .bind(id.to_string())
    .fetch_all(store.readers())
    .await?;
    let actions = sqlx::query(
        "SELECT state, held, code, COUNT(*) AS number FROM action WHERE bulk_run_id = $1 GROUP BY state, held, code",
    )
    .bind(id.to_string())
    .fetch_all(store.readers())
    .await?;
    Ok(Progress {
        members: members.iter().map(member_count).collect::<Result<_>>()?,
        actions: actions.iter().map(action_count).collect::<Result<_>>()?,
    })
}

fn member_count(row: &AnyRow) -> Result<MemberCount> {
    let row = Row::new("bulk_member", row);
    Ok(MemberCount {
        readiness: row.word("readiness", Readiness::from_word)?,
        code: row.optional_word("code", Code::from_word)?,
        count: row.count("number")?,
    })
}

fn action_count(row: &AnyRow) -> Result<ActionCount> {
    let row = Row::new("action", row);
    Ok(ActionCount {
        state: row.word("state", ActionState::from_word)?,
        held: row.flag("held")?,
        code: row.optional_word("code", Code::from_word)?,
        count: row.count("number")?,
    })
}

/// What was released before this and is still queued has no device that came for it.
pub(super) fn unclaimed_since(now: Timestamp) -> Timestamp {
    before(now, CLAIMED_WITHIN)
}

fn before(now: Timestamp, span: std::time::Duration) -> Timestamp {
    let millis = i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
    Timestamp(now.as_millis().saturating_sub(millis))
}

/// What a decision about the run is made from.
pub(super) async fn standing_in(
    connection: &mut AnyConnection,
    run: &BulkRun,
    now: Timestamp,
) -> Result<Standing> {
    let queued = sqlx::query(
        "SELECT COUNT(CASE WHEN held = 1 THEN 1 END) AS held, \
         COUNT(CASE WHEN held = 0 AND released_at <= $2 THEN 1 END) AS unclaimed, COUNT(*) AS number \
         FROM action WHERE bulk_run_id = $1 AND state = 'queued'",
    )
    .bind(run.id.to_string())
    .bind(unclaimed_since(now).as_millis())
    .fetch_one(&mut *connection)
    .await?;
    // About as many as the run may have in flight: these are read from the table.
    let claimed = sqlx::query(
        "SELECT COUNT(CASE WHEN (state = 'offered' AND offered_at <= $2) OR (state = 'running' AND started_at <= $2) \
         THEN 1 END) AS away, COUNT(*) AS number FROM action WHERE bulk_run_id = $1 AND state IN ('offered', 'running')",
    )
    .bind(run.id.to_string())
    .bind(before(now, HEARD_WITHIN).as_millis())
    .fetch_one(&mut *connection)
    .await?;
    let (queued, claimed) = (Row::new("action", &queued), Row::new("action", &claimed));
    let (held, unclaimed, away) = (
        queued.count("held")?,
        queued.count("unclaimed")?,
        claimed.count("away")?,
    );
    let open = queued.count("number")? + claimed.count("number")?;
    let (succeeded, failed) = ended_in(connection, run.id).await?;
    Ok(Standing {
        state: run.state,
        may_begin: run.not_before.is_none_or(|begins| begins <= now),
        terms: Terms {
            canary: run.canary_size.unwrap_or(1),
            stop_at_failure_percent: run.stop_at_failure_percent,
            in_flight: run.in_flight,
        },
        counts: Counts {
            held,
            live: open.saturating_sub(held + unclaimed + away),
            unclaimed,
            away,
            succeeded: succeeded.saturating_sub(run.before.0),
            failed: failed.saturating_sub(run.before.1),
        },
    })
}

/// How many of the run's actions have succeeded, and how many have failed or were refused.
pub(super) async fn ended_in(connection: &mut AnyConnection, id: BulkRunId) -> Result<(u64, u64)> {
    let row = sqlx::query(
        "SELECT COUNT(CASE WHEN state = 'succeeded' THEN 1 END) AS succeeded, \
         COUNT(CASE WHEN state IN ('failed', 'refused') THEN 1 END) AS failed \
         FROM action WHERE bulk_run_id = $1 AND state IN ('succeeded', 'failed', 'refused')",
    )
    .bind(id.to_string())
    .fetch_one(connection)
    .await?;
    let row = Row::new("action", &row);
    Ok((row.count("succeeded")?, row.count("failed")?))
}
