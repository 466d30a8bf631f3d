//! Forgetting a device: every row of it goes, and of those whose place it took. The audit log stays, and what the vault keeps stays for
//! its time.

use sqlx::AnyConnection;
use trust::id::DeviceId;

use super::{Device, find_in};
use crate::action::{self, Changed};
use crate::audit::{self, NewEntry, Verb};
use crate::idempotency::{self, Known, Request};
use crate::row::Row;
use crate::{Result, Store, attention, escrow, resilience};

/// A person's decision that a device is not looked after any more.
#[derive(Debug, Clone, Copy)]
pub struct Forget<'a> {
    /// The request that asks for it.
    pub request: &'a Request,
    /// The device.
    pub device_id: DeviceId,
    /// The device's name, as that person typed it.
    pub typed_name: &'a str,
    /// Why, in the caller's words.
    pub reason: &'a str,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Forgotten {
    /// The device is gone, by this or an earlier request of the key.
    Gone {
        /// Its actions that ended by it.
        ended: Vec<Changed>,
    },
    /// There is no such device in the organisation.
    NotFound,
    /// The name that was typed is not the device's. Nothing was changed.
    NotConfirmed,
    /// It is part of a bulk run that is not finished. Nothing was changed.
    InBulkRun,
    /// The idempotency key belongs to another request. Nothing was changed.
    KeyReused,
}

/// Everything that refers to a device, in an order in which it can go. Its secrets went with the end of its actions.
const DELETIONS: [&str; 14] = [
    "DELETE FROM bulk_member WHERE device_id = $1",
    "DELETE FROM trust_edge WHERE device_id = $1",
    "DELETE FROM action WHERE device_id = $1",
    "DELETE FROM deed WHERE device_id = $1",
    "DELETE FROM observation WHERE device_id = $1",
    "DELETE FROM finding WHERE device_id = $1",
    "DELETE FROM finding_due WHERE device_id = $1",
    "DELETE FROM device_word WHERE device_id = $1",
    "DELETE FROM service_account_exclusion WHERE device_id = $1",
    "DELETE FROM policy_conflict_choice WHERE device_id = $1",
    "DELETE FROM recovery_link WHERE device_id = $1",
    "DELETE FROM collected_secret WHERE device_id = $1",
    "DELETE FROM enrolment_secret WHERE used_by = $1",
    "DELETE FROM device WHERE id = $1",
];

/// Forgets a device. What its agent had begun ends as failed, because nobody will tell how it went.
pub async fn forget(store: &Store, forget: &Forget<'_>) -> Result<Forgotten> {
    store
        .write(forget, |tx, forget| Box::pin(forget_in(tx, forget)))
        .await
}

async fn forget_in(tx: &mut AnyConnection, forget: &Forget<'_>) -> Result<Forgotten> {
    let request = forget.request;
    match idempotency::look_up_in(tx, request).await? {
        Known::New => {}
        Known::Same(_) => return Ok(Forgotten::Gone { ended: Vec::new() }),
        Known::Other => return Ok(Forgotten::KeyReused),
    }
    let found = find_in(tx, forget.device_id).await?;
    let Some(device) = found.filter(|device| device.organization_id == request.organization_id) else {
        return Ok(Forgotten::NotFound);
    };
    if device.name.trim() != forget.typed_name.trim() {
        return Ok(Forgotten::NotConfirmed);
    }
    // Those whose place it took refer to it, and go first.
    let mut rows = predecessors_in(tx, device.id).await?;
    rows.push((device.id, device.serial_number.clone()));
    for (id, _) in &rows {
        if is_in_bulk_run(tx, *id).await? {
            return Ok(Forgotten::InBulkRun);
        }
    }
    idempotency::keep_in(tx, request, None).await?;
    let mut ended = Vec::new();
    for (id, _) in &rows {
        ended.extend(action::end_forgotten_in(tx, *id, request.at).await?);
        delete_in(tx, &device, *id).await?;
    }
    let entry = NewEntry {
        device_id: Some(device.id),
        subject: Some(device.serial_number.clone()),
        reason: Some(forget.reason),
        detail: Some(device.name.clone()),
        ..NewEntry::of(request, Verb::DeviceForgotten)
    };
    audit::append(tx, entry).await?;
    let mut serial_numbers: Vec<String> = rows.into_iter().map(|(_, serial_number)| serial_number).collect();
    serial_numbers.sort_unstable();
    serial_numbers.dedup();
    for serial_number in &serial_numbers {
        escrow::forgotten_in(tx, request, &device, serial_number, forget.reason).await?;
    }
    Ok(Forgotten::Gone { ended })
}

/// The devices whose place this one took, with their serial numbers.
async fn predecessors_in(tx: &mut AnyConnection, id: DeviceId) -> Result<Vec<(DeviceId, String)>> {
    let rows = sqlx::query("SELECT id, serial_number FROM device WHERE replaced_by = $1 ORDER BY id")
        .bind(id.to_string())
        .fetch_all(tx)
        .await?;
    rows.iter()
        .map(|row| {
            let row = Row::new("device", row);
            Ok((row.id("id")?, row.text("serial_number")?))
        })
        .collect()
}

async fn is_in_bulk_run(tx: &mut AnyConnection, id: DeviceId) -> Result<bool> {
    let row = sqlx::query(
        "SELECT bulk_run.id FROM bulk_member CROSS JOIN bulk_run WHERE bulk_member.device_id = $1 \
         AND bulk_run.id = bulk_member.bulk_run_id AND bulk_run.finished_at IS NULL LIMIT 1",
    )
    .bind(id.to_string())
    .fetch_optional(tx)
    .await?;
    Ok(row.is_some())
}

async fn delete_in(tx: &mut AnyConnection, device: &Device, id: DeviceId) -> Result<()> {
    attention::forget_in(tx, id).await?;
    resilience::forget_in(tx, device.organization_id, id).await?;
    for deletion in DELETIONS {
        sqlx::query(deletion)
            .bind(id.to_string())
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}
