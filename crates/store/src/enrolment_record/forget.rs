//! Forgetting who uses a Mac.

use sqlx::AnyConnection;
use trust::enrolment::SerialNumber;

use super::words::index_in;
use super::words_in;
use crate::audit::{self, NewEntry, Verb};
use crate::idempotency::{self, Known, Request};
use crate::{Result, Store, collected_secret, device};

/// What came of forgetting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forgotten {
    /// The record and its secrets are gone, by this or an earlier request of the key.
    Gone,
    /// There is no such record.
    NotFound,
    /// The idempotency key belongs to another request. Nothing was changed.
    KeyReused,
}

/// Deletes a record, and destroys what was collected for it. Actions that were accepted keep what was sealed for them until
/// they end.
pub async fn forget(store: &Store, request: &Request, serial_number: &SerialNumber) -> Result<Forgotten> {
    store
        .write(&(request, serial_number), |tx, (request, serial_number)| {
            Box::pin(forget_in(tx, request, serial_number))
        })
        .await
}

async fn forget_in(
    tx: &mut AnyConnection,
    request: &Request,
    serial_number: &SerialNumber,
) -> Result<Forgotten> {
    match idempotency::look_up_in(tx, request).await? {
        Known::New => {}
        Known::Same(_) => return Ok(Forgotten::Gone),
        Known::Other => return Ok(Forgotten::KeyReused),
    }
    let organization_id = request.organization_id;
    let words = words_in(tx, organization_id, serial_number.as_str()).await?;
    let deleted =
        sqlx::query("DELETE FROM enrolment_record WHERE organization_id = $1 AND serial_number = $2")
            .bind(organization_id.to_string())
            .bind(serial_number.as_str())
            .execute(&mut *tx)
            .await?;
    if deleted.rows_affected() == 0 {
        return Ok(Forgotten::NotFound);
    }
    index_in(tx, organization_id, serial_number.as_str(), &words, "").await?;
    collected_secret::destroy_in(tx, organization_id, serial_number, None).await?;
    device::set_person_in(tx, organization_id, None, serial_number).await?;
    idempotency::keep_in(tx, request, None).await?;
    let device = device::of_serial_number_in(tx, organization_id, serial_number).await?;
    let entry = NewEntry {
        device_id: device.map(|device| device.id),
        subject: Some(serial_number.to_string()),
        ..NewEntry::of(request, Verb::EnrolmentRecordForgotten)
    };
    audit::append(tx, entry).await?;
    Ok(Forgotten::Gone)
}
