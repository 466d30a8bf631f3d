//! An account that was taken over for a person is that person's from then on, in the Mac's enrolment record.

use sqlx::AnyConnection;
use trust::action::{Action, AdoptAccount};
use trust::code::Code;
use trust::enrolment::{EnrolmentRecord, SerialNumber};
use trust::id::DeviceId;
use trust::time::Timestamp;

use crate::Result;
use crate::actor::Actor;
use crate::device;
use crate::enrolment_record::{By, NewRecord, Source, find_in, put_in};
use crate::row::Row;

/// Binds the account, when the action that has ended with `code` took it over for a person. As part of the transaction that
/// ends the action: nobody sees the one without the other.
pub(super) async fn bind_in(
    tx: &mut AnyConnection,
    ended: &super::Action,
    code: Code,
    at: Timestamp,
) -> Result<()> {
    let (
        Code::AccountAdopted,
        Action::AdoptAccount(AdoptAccount {
            target,
            person: Some(person),
        }),
    ) = (code, &ended.envelope.action)
    else {
        return Ok(());
    };
    let device_id = ended.envelope.device_id;
    let Some(serial_number) = serial_number_in(tx, device_id).await? else {
        return Ok(());
    };
    let organization_id = ended.envelope.organization_id;
    let kept = find_in(tx, organization_id, &serial_number).await?;
    let before = kept.map_or_else(|| EnrolmentRecord::new(serial_number.clone()), |kept| kept.record);
    let record = before.clone().bound_to(person, target);
    let device = device::of_serial_number_in(tx, organization_id, &serial_number).await?;
    let detail = detail(&before, &record, ended);
    let new = NewRecord {
        record,
        before: None,
        device: device.map(|device| (device.id, device.sealing_key)),
        secrets: Vec::new(),
        forget: Vec::new(),
        detail,
    };
    let by = By {
        organization_id,
        actor: &Actor::Device(device_id),
        source: Source::Adoption,
        at,
    };
    put_in(tx, by, &new).await
}

/// What the audit log tells: the names of what changed, and which action changed it.
fn detail(before: &EnrolmentRecord, record: &EnrolmentRecord, ended: &super::Action) -> String {
    format!(
        "by the action {}: {}",
        ended.envelope.id,
        record.differences(before).join(", ")
    )
}

/// The device's serial number, where it is one that enrolment data can be bound to.
async fn serial_number_in(tx: &mut AnyConnection, device_id: DeviceId) -> Result<Option<SerialNumber>> {
    let row = sqlx::query("SELECT serial_number FROM device WHERE id = $1")
        .bind(device_id.to_string())
        .fetch_one(tx)
        .await?;
    Ok(Row::new("device", &row).text("serial_number")?.parse().ok())
}
