//! The devices of bulk runs, each with its action or with what it lacks for one: one result for each device.

use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use trust::action::ActionState;
use trust::bulk::Readiness;
use trust::code::Code;
use trust::id::{ActionId, BulkRunId, DeviceId};
use trust::time::Timestamp;

use crate::bulk_run::{BulkRun, NewMember};
use crate::row::Row;
use crate::{Result, Store};

/// A device of a run, with its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkMember {
    /// Its place in the run.
    pub place: u64,
    /// The device.
    pub device_id: DeviceId,
    /// The device's name.
    pub device_name: String,
    /// Its serial number.
    pub serial_number: String,
    /// What it lacked when the run was prepared.
    pub readiness: Readiness,
    /// Why it got no action.
    pub code: Option<Code>,
    /// What more there is to tell about that.
    pub detail: Option<String>,
    /// Its action.
    pub action: Option<MemberAction>,
}

/// The action of a device of a run, in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberAction {
    /// Its id.
    pub id: ActionId,
    /// Where it stands.
    pub state: ActionState,
    /// Whether the run holds it back.
    pub held: bool,
    /// How it ended.
    pub code: Option<Code>,
    /// When the run released it.
    pub released_at: Option<Timestamp>,
    /// When the agent began.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
}

/// Which devices of a run are wanted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only those that lacked this.
    pub readiness: Option<Readiness>,
    /// Only those whose action is in this state.
    pub state: Option<ActionState>,
    /// Only those after this place.
    pub after: u64,
    /// At most so many.
    pub limit: u32,
}

const SELECT: &str = "SELECT bulk_member.place, bulk_member.device_id, bulk_member.readiness, bulk_member.code, \
     bulk_member.detail, bulk_member.action_id, device.name, device.serial_number, action.state, action.held, \
     action.code AS action_code, action.released_at, action.started_at, action.finished_at FROM bulk_member \
     JOIN device ON device.id = bulk_member.device_id LEFT JOIN action ON action.id = bulk_member.action_id \
     WHERE bulk_member.bulk_run_id = $1 AND bulk_member.place > $2 AND ($4 = '' OR bulk_member.readiness = $4) \
     AND ($5 = '' OR action.state = $5) ORDER BY bulk_member.place LIMIT $3";

/// Devices of a run in the order of their places.
pub async fn list(store: &Store, bulk_run_id: BulkRunId, filter: Filter) -> Result<Vec<BulkMember>> {
    let rows = sqlx::query(SELECT)
        .bind(bulk_run_id.to_string())
        .bind(i64::try_from(filter.after).unwrap_or(i64::MAX))
        .bind(i64::from(filter.limit))
        .bind(filter.readiness.map_or("", Readiness::word))
        .bind(filter.state.map_or("", ActionState::word))
        .fetch_all(store.readers())
        .await?;
    rows.iter().map(read).collect()
}

/// Whether the device is in the run.
pub(crate) async fn is_in(
    tx: &mut AnyConnection,
    bulk_run_id: BulkRunId,
    device_id: DeviceId,
) -> Result<bool> {
    let row = sqlx::query("SELECT place FROM bulk_member WHERE bulk_run_id = $1 AND device_id = $2")
        .bind(bulk_run_id.to_string())
        .bind(device_id.to_string())
        .fetch_optional(tx)
        .await?;
    Ok(row.is_some())
}

/// Adds a device to a run, as part of the transaction that accepts its action.
pub(crate) async fn insert_in(tx: &mut AnyConnection, run: &BulkRun, member: &NewMember) -> Result<()> {
    let action = member.action.as_ref();
    sqlx::query(
        "INSERT INTO bulk_member (organization_id, bulk_run_id, place, device_id, readiness, code, detail, action_id) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(run.organization_id.to_string())
    .bind(run.id.to_string())
    .bind(i64::try_from(member.place).unwrap_or(i64::MAX))
    .bind(member.device_id.to_string())
    .bind(member.readiness.word())
    .bind(member.code.map(|code| code.word().to_owned()))
    .bind(member.detail.clone())
    .bind(action.map(|action| action.envelope.id.to_string()))
    .execute(tx)
    .await?;
    Ok(())
}

fn read(row: &AnyRow) -> Result<BulkMember> {
    let row = Row::new("bulk_member", row);
    let action_id: Option<ActionId> = row.optional_id("action_id")?;
    let action = match action_id {
        Some(id) => Some(MemberAction {
            id,
            state: row.word("state", ActionState::from_word)?,
            held: row.flag("held")?,
            code: row.optional_word("action_code", Code::from_word)?,
            released_at: row.optional_time("released_at")?,
            started_at: row.optional_time("started_at")?,
            finished_at: row.optional_time("finished_at")?,
        }),
        None => None,
    };
    Ok(BulkMember {
        place: row.count("place")?,
        device_id: row.id("device_id")?,
        device_name: row.text("name")?,
        serial_number: row.text("serial_number")?,
        readiness: row.word("readiness", Readiness::from_word)?,
        code: row.optional_word("code", Code::from_word)?,
        detail: row.optional_text("detail")?,
        action,
    })
}
