//! The end of what the vault keeps of forgotten Macs: ciphertexts and data keys are deleted, and an event tells of them for ever.

use sqlx::AnyConnection;
use trust::escrow::{EscrowKind, Retention, What};
use trust::id::OrganizationId;
use trust::time::Timestamp;

use super::read::read_in;
use super::{Line, NewEvent, add_in};
use crate::actor::Actor;
use crate::row::Row;
use crate::{Result, Store, days_policy};

/// Lines of an organisation of which everything is to be destroyed. No device of their serial number is there, not even one that
/// waits for approval.
const DUE: &str = "SELECT serial_number, kind FROM escrow_standing WHERE organization_id = $1 AND forgotten_at <= $2 \
     AND held_since IS NULL AND destroyed < latest AND NOT EXISTS (SELECT 1 FROM device \
     WHERE device.organization_id = $1 AND device.serial_number = escrow_standing.serial_number \
     AND device.replaced_by IS NULL) ORDER BY forgotten_at LIMIT $3";

/// Destroys the secrets of an organisation's lines whose time has run out by `now`, of at most so many lines. Answers of how many.
pub async fn destroy_due(
    store: &Store,
    organization_id: OrganizationId,
    now: Timestamp,
    limit: u32,
) -> Result<usize> {
    let retention: Retention = days_policy::find(store, organization_id).await?.days;
    let due = sqlx::query(DUE)
        .bind(organization_id.to_string())
        .bind(retention.forgotten_by(now).as_millis())
        .bind(1_i64)
        .fetch_optional(store.readers())
        .await?;
    if due.is_none() {
        return Ok(0);
    }
    store
        .write(
            &(organization_id, now, limit),
            |tx, (organization_id, now, limit)| Box::pin(destroy_due_in(tx, *organization_id, *now, *limit)),
        )
        .await
}

async fn destroy_due_in(
    tx: &mut AnyConnection,
    organization_id: OrganizationId,
    now: Timestamp,
    limit: u32,
) -> Result<usize> {
    let retention: Retention = days_policy::find_in(tx, organization_id).await?.days;
    let rows = sqlx::query(DUE)
        .bind(organization_id.to_string())
        .bind(retention.forgotten_by(now).as_millis())
        .bind(i64::from(limit))
        .fetch_all(&mut *tx)
        .await?;
    let mut destroyed = 0;
    for row in &rows {
        let row = Row::new("escrow_standing", row);
        let serial_number = row.text("serial_number")?;
        let line = Line {
            organization_id,
            serial_number: &serial_number,
            kind: row.word("kind", EscrowKind::from_word)?,
        };
        destroyed += usize::from(destroy_in(tx, line, retention, now).await?);
    }
    Ok(destroyed)
}

async fn destroy_in(
    tx: &mut AnyConnection,
    line: Line<'_>,
    retention: Retention,
    now: Timestamp,
) -> Result<bool> {
    let read = read_in(tx, line).await?;
    let (Some(ends), Some(device_id)) = (retention.ends(&read.standing), read.device_id) else {
        return Ok(false);
    };
    if ends > now {
        return Ok(false);
    }
    let reason = format!(
        "forgotten by {}, kept for {} days",
        who_forgot_in(tx, line).await?,
        retention.days()
    );
    let latest = read.standing.latest;
    let event = NewEvent {
        what: What::Destroyed,
        version: Some(latest),
        origin: None,
        at: now,
        actor: &Actor::Server,
        device_id,
        message_id: None,
        reason: Some(&reason),
    };
    if add_in(tx, line, read, &event).await?.is_none() {
        return Ok(false);
    }
    for deletion in [
        "DELETE FROM escrow_data_key WHERE organization_id = $1 AND serial_number = $2 AND kind = $3 AND version <= $4",
        "DELETE FROM escrow_version WHERE organization_id = $1 AND serial_number = $2 AND kind = $3 AND version <= $4",
    ] {
        sqlx::query(deletion)
            .bind(line.organization_id.to_string())
            .bind(line.serial_number)
            .bind(line.kind.word())
            .bind(i64::from(latest))
            .execute(&mut *tx)
            .await?;
    }
    Ok(true)
}

/// Who decided last that the Mac of a line is forgotten.
async fn who_forgot_in(tx: &mut AnyConnection, line: Line<'_>) -> Result<String> {
    let row = sqlx::query(
        "SELECT actor FROM escrow_event WHERE organization_id = $1 AND serial_number = $2 AND kind = $3 \
         AND what = $4 ORDER BY seq DESC LIMIT 1",
    )
    .bind(line.organization_id.to_string())
    .bind(line.serial_number)
    .bind(line.kind.word())
    .bind(What::DeviceForgotten.word())
    .fetch_one(tx)
    .await?;
    Row::new("escrow_event", &row).text("actor")
}
