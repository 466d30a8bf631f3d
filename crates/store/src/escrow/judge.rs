//! When what is wrong with a kept recovery key has to be looked at again. What happens to a line asks for it at once; what comes
//! by time alone is asked for when its time has come, by an index, so that nobody looks through all Macs.

use sqlx::AnyConnection;
use trust::escrow::{EscrowKind, Standing, next_change};
use trust::id::DeviceId;
use trust::time::Timestamp;

use super::Line;
use super::read::read_in;
use crate::row::Row;
use crate::{Result, Store, days_policy, finding_due};

/// Where a line stands, as a transaction sees it.
pub(crate) async fn standing_in(tx: &mut AnyConnection, line: Line<'_>) -> Result<Standing> {
    Ok(read_in(tx, line).await?.standing)
}

/// Asks for the device of a line to be diagnosed anew, as part of the transaction in which something happened to the line.
pub(super) async fn ask_in(tx: &mut AnyConnection, line: Line<'_>) -> Result<()> {
    match line.kind {
        EscrowKind::PersonalRecoveryKey | EscrowKind::LocalAdministratorPassword => {}
        _ => return Ok(()),
    }
    let row = sqlx::query(
        "SELECT id FROM device WHERE organization_id = $1 AND serial_number = $2 AND pending = 0 AND replaced_by IS NULL",
    )
    .bind(line.organization_id.to_string())
    .bind(line.serial_number)
    .fetch_optional(&mut *tx)
    .await?;
    match row {
        Some(row) => finding_due::ask_in(tx, Row::new("device", &row).id("id")?).await,
        None => Ok(()),
    }
}

/// Asks for the devices to be diagnosed anew whose line is to be looked at by `now`, at most so many.
pub async fn judge_due(store: &Store, now: Timestamp, limit: u32) -> Result<()> {
    let due = sqlx::query("SELECT 1 FROM escrow_standing WHERE judge_at <= $1 LIMIT 1")
        .bind(now.as_millis())
        .fetch_optional(store.readers())
        .await?;
    if due.is_none() {
        return Ok(());
    }
    store
        .write(&(now, limit), |tx, (now, limit)| {
            Box::pin(judge_due_in(tx, *now, *limit))
        })
        .await
}

async fn judge_due_in(tx: &mut AnyConnection, now: Timestamp, limit: u32) -> Result<()> {
    let rows = sqlx::query(
        "SELECT organization_id, serial_number, kind FROM escrow_standing WHERE judge_at <= $1 ORDER BY judge_at LIMIT $2",
    )
    .bind(now.as_millis())
    .bind(i64::from(limit))
    .fetch_all(&mut *tx)
    .await?;
    for row in &rows {
        let row = Row::new("escrow_standing", row);
        let serial_number = row.text("serial_number")?;
        let line = Line {
            organization_id: row.id("organization_id")?,
            serial_number: &serial_number,
            kind: row.word("kind", EscrowKind::from_word)?,
        };
        ask_in(tx, line).await?;
        write_in(tx, line, None).await?;
    }
    Ok(())
}

/// Notes when the line of a device that was diagnosed at `at` is to be looked at next, as part of a transaction.
pub(crate) async fn judged_in(tx: &mut AnyConnection, device_id: DeviceId, at: Timestamp) -> Result<()> {
    let row = sqlx::query("SELECT organization_id, serial_number FROM device WHERE id = $1")
        .bind(device_id.to_string())
        .fetch_optional(&mut *tx)
        .await?;
    let Some(row) = row else { return Ok(()) };
    let row = Row::new("device", &row);
    let serial_number = row.text("serial_number")?;
    let line = Line {
        organization_id: row.id("organization_id")?,
        serial_number: &serial_number,
        kind: EscrowKind::PersonalRecoveryKey,
    };
    let standing = standing_in(tx, line).await?;
    let schedule = days_policy::find_in(tx, line.organization_id).await?.days;
    write_in(tx, line, next_change(&standing, schedule, at)).await
}

async fn write_in(tx: &mut AnyConnection, line: Line<'_>, judge_at: Option<Timestamp>) -> Result<()> {
    sqlx::query(
        "UPDATE escrow_standing SET judge_at = $4 WHERE organization_id = $1 AND serial_number = $2 AND kind = $3",
    )
    .bind(line.organization_id.to_string())
    .bind(line.serial_number)
    .bind(line.kind.word())
    .bind(judge_at.map(Timestamp::as_millis))
    .execute(tx)
    .await?;
    Ok(())
}
