//! The device of a serial number, and the person by whom it can be found.

use sqlx::AnyConnection;
use trust::enrolment::{EnrolmentRecord, SerialNumber};
use trust::id::{DeviceId, OrganizationId};

use super::{Device, index_in, read};
use crate::enrolment_record::person_text;
use crate::row::Row;
use crate::{Result, Store, finding_due};

/// The approved device of this serial number.
pub async fn of_serial_number(
    store: &Store,
    organization_id: OrganizationId,
    serial_number: &SerialNumber,
) -> Result<Option<Device>> {
    let mut reader = store.readers().acquire().await?;
    of_serial_number_in(&mut reader, organization_id, serial_number).await
}

pub(crate) async fn of_serial_number_in(
    connection: &mut AnyConnection,
    organization_id: OrganizationId,
    serial_number: &SerialNumber,
) -> Result<Option<Device>> {
    let row = sqlx::query(
        "SELECT * FROM device WHERE organization_id = $1 AND serial_number = $2 AND pending = 0 \
         AND replaced_by IS NULL",
    )
    .bind(organization_id.to_string())
    .bind(serial_number.as_str())
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(read).transpose()
}

/// Whether a device of this serial number has enrolled, those that wait for approval included.
pub async fn has_enrolled(
    store: &Store,
    organization_id: OrganizationId,
    serial_number: &SerialNumber,
) -> Result<bool> {
    let row = sqlx::query(
        "SELECT id FROM device WHERE organization_id = $1 AND serial_number = $2 AND replaced_by IS NULL LIMIT 1",
    )
    .bind(organization_id.to_string())
    .bind(serial_number.as_str())
    .fetch_optional(store.readers())
    .await?;
    Ok(row.is_some())
}

/// Lets searches find the devices of a serial number by their person; by nobody where there is no record.
pub(crate) async fn set_person_in(
    tx: &mut AnyConnection,
    organization_id: OrganizationId,
    record: Option<&EnrolmentRecord>,
    serial_number: &SerialNumber,
) -> Result<()> {
    let person = record.map(person_text).unwrap_or_default();
    let rows = sqlx::query(
        "UPDATE device SET person = $3 WHERE organization_id = $1 AND serial_number = $2 AND replaced_by IS NULL \
         RETURNING id",
    )
    .bind(organization_id.to_string())
    .bind(serial_number.as_str())
    .bind(person)
    .fetch_all(&mut *tx)
    .await?;
    for row in &rows {
        let id: DeviceId = Row::new("device", row).id("id")?;
        index_in(tx, id).await?;
        finding_due::ask_in(tx, id).await?;
    }
    Ok(())
}
