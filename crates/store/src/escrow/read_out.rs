//! That somebody was sent to a Mac to type its recovery key there: wherever that person has it from, it is known from then on.

use sqlx::AnyConnection;
use trust::escrow::{EscrowKind, What};
use trust::id::DeviceId;

use super::read::read_in;
use super::{Line, NewEvent, add_in};
use crate::Result;
use crate::idempotency::Request;
use crate::row::Row;

/// Notes it in the Mac's line, as part of the transaction that makes the link to the steps.
pub(crate) async fn read_out_in(
    tx: &mut AnyConnection,
    request: &Request,
    device_id: DeviceId,
) -> Result<()> {
    let row = sqlx::query("SELECT serial_number FROM device WHERE id = $1")
        .bind(device_id.to_string())
        .fetch_one(&mut *tx)
        .await?;
    let serial_number = Row::new("device", &row).text("serial_number")?;
    let line = Line {
        organization_id: request.organization_id,
        serial_number: &serial_number,
        kind: EscrowKind::PersonalRecoveryKey,
    };
    let read = read_in(tx, line).await?;
    let event = NewEvent {
        what: What::ReadOut,
        version: None,
        origin: None,
        at: request.at,
        actor: &request.actor,
        device_id,
        message_id: None,
        reason: None,
    };
    add_in(tx, line, read, &event).await?;
    Ok(())
}
