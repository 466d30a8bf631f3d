//! A Mac that enrols anew, without its old keys, has no current version: what it escrows by and by begins after what is kept. What
//! people entered stays as it is: a firmware password outlives the disk.

use sqlx::AnyConnection;
use trust::escrow::{EscrowKind, What};
use trust::id::{DeviceId, OrganizationId};
use trust::time::Timestamp;

use super::read::read_in;
use super::{Line, NewEvent, Read, add_in};
use crate::Result;
use crate::actor::Actor;

/// Ends the current versions of a Mac that another device escrowed, as part of the transaction that admits this one.
pub(crate) async fn enrolled_anew_in(
    tx: &mut AnyConnection,
    organization_id: OrganizationId,
    serial_number: &str,
    device_id: DeviceId,
    at: Timestamp,
) -> Result<()> {
    for kind in EscrowKind::ALL {
        let line = Line {
            organization_id,
            serial_number,
            kind,
        };
        let read = read_in(tx, line).await?;
        if read.device_id.is_some_and(|its| its != device_id) {
            let (what, version) = match kind.is_entered() {
                true => (What::DeviceReturned, None),
                false => (What::EnrolledAnew, read.standing.current),
            };
            happened_in(tx, line, read, (what, version), device_id, at).await?;
        }
    }
    Ok(())
}

/// Ends the current version of a Mac's bootstrap token, as part of the transaction that enrols it with device management: the
/// token of another enrolment is of no use to this one.
pub(crate) async fn bootstrap_token_ends_in(
    tx: &mut AnyConnection,
    organization_id: OrganizationId,
    serial_number: &str,
    device_id: DeviceId,
    at: Timestamp,
) -> Result<()> {
    let line = Line {
        organization_id,
        serial_number,
        kind: EscrowKind::BootstrapToken,
    };
    let read = read_in(tx, line).await?;
    if read.standing.current.is_some() {
        let ended = (What::EnrolledAnew, read.standing.current);
        happened_in(tx, line, read, ended, device_id, at).await?;
    }
    Ok(())
}

async fn happened_in(
    tx: &mut AnyConnection,
    line: Line<'_>,
    read: Read,
    (what, version): (What, Option<u32>),
    device_id: DeviceId,
    at: Timestamp,
) -> Result<()> {
    let event = NewEvent {
        what,
        version,
        origin: None,
        at,
        actor: &Actor::Server,
        device_id,
        message_id: None,
        reason: None,
    };
    add_in(tx, line, read, &event).await?;
    Ok(())
}
