//! What a device leaves in the vault when it is forgotten, and whether a line has a device.

use sqlx::AnyConnection;
use trust::escrow::{EscrowKind, What};
use trust::id::OrganizationId;

use super::read::read_in;
use super::{Line, NewEvent, add_in};
use crate::Result;
use crate::device::Device;
use crate::idempotency::Request;

/// Begins the time after which the lines of a serial number are destroyed, as part of the transaction that has deleted `device`. Where
/// another device of the serial number is there, also one that waits for approval, nothing happens to them.
pub(crate) async fn forgotten_in(
    tx: &mut AnyConnection,
    request: &Request,
    device: &Device,
    serial_number: &str,
    reason: &str,
) -> Result<()> {
    let organization_id = request.organization_id;
    settle_device_in(tx, organization_id, serial_number).await?;
    if has_any_in(tx, organization_id, serial_number).await? {
        return Ok(());
    }
    for kind in EscrowKind::ALL {
        let line = Line {
            organization_id,
            serial_number,
            kind,
        };
        let read = read_in(tx, line).await?;
        if !read.standing.keeps_something() {
            continue;
        }
        let event = NewEvent {
            what: What::DeviceForgotten,
            version: None,
            origin: None,
            at: request.at,
            actor: &request.actor,
            device_id: device.id,
            message_id: None,
            reason: Some(reason),
        };
        add_in(tx, line, read, &event).await?;
    }
    sqlx::query(
        "UPDATE escrow_standing SET device_name = $3 WHERE organization_id = $1 AND serial_number = $2",
    )
    .bind(organization_id.to_string())
    .bind(serial_number)
    .bind(device.name.as_str())
    .execute(tx)
    .await?;
    Ok(())
}

/// Notes whether the lines of a serial number have a device, as part of the transaction that changes which devices there are.
pub(crate) async fn settle_device_in(
    tx: &mut AnyConnection,
    organization_id: OrganizationId,
    serial_number: &str,
) -> Result<()> {
    sqlx::query(
        "UPDATE escrow_standing SET has_device = (SELECT COUNT(*) FROM device WHERE device.organization_id = $1 \
         AND device.serial_number = $2 AND pending = 0 AND replaced_by IS NULL) \
         WHERE organization_id = $1 AND serial_number = $2",
    )
    .bind(organization_id.to_string())
    .bind(serial_number)
    .execute(tx)
    .await?;
    Ok(())
}

/// Whether a device of this serial number has enrolled, those that wait for approval included.
async fn has_any_in(
    tx: &mut AnyConnection,
    organization_id: OrganizationId,
    serial_number: &str,
) -> Result<bool> {
    let row = sqlx::query(
        "SELECT id FROM device WHERE organization_id = $1 AND serial_number = $2 AND replaced_by IS NULL LIMIT 1",
    )
    .bind(organization_id.to_string())
    .bind(serial_number)
    .fetch_optional(tx)
    .await?;
    Ok(row.is_some())
}
