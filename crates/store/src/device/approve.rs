//! Approving a pending device: it takes the place of the devices whose serial number or hardware UUID it has.

use sqlx::AnyConnection;
use trust::id::{DeviceId, OrganizationId};
use trust::time::Timestamp;

use super::{Device, find_in, index_in};
use crate::action::Changed;
use crate::actor::Actor;
use crate::audit::{self, NewEntry, Verb};
use crate::idempotency::{self, Known, Request};
use crate::row::Row;
use crate::{Result, Store, action, attention, escrow, recovery_link, resilience};

/// An administrator's word that a pending device is what it claims to be.
#[derive(Debug, Clone)]
pub struct Approval {
    /// The request that asks for it, whose actor approves.
    pub request: Request,
    /// The device.
    pub device_id: DeviceId,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Approved {
    /// The device is approved, by this or an earlier word.
    Device {
        /// The device.
        device: Box<Device>,
        /// Actions of devices that gave way, which ended by it.
        ended: Vec<Changed>,
    },
    /// There is no such device in the organisation.
    NotFound,
    /// The idempotency key belongs to another request. Nothing was changed.
    KeyReused,
}

/// Approves a pending device. Devices with its serial number or hardware UUID give way to it: they end as history, their
/// waiting actions as stale, and what their agents have begun as replaced.
pub async fn approve(store: &Store, approval: &Approval) -> Result<Approved> {
    store
        .write(approval, |tx, approval| Box::pin(approve_in(tx, approval)))
        .await
}

async fn approve_in(tx: &mut AnyConnection, approval: &Approval) -> Result<Approved> {
    let request = &approval.request;
    if idempotency::look_up_in(tx, request).await? == Known::Other {
        return Ok(Approved::KeyReused);
    }
    let found = find_in(tx, approval.device_id).await?;
    let Some(device) = found.filter(|device| device.organization_id == request.organization_id) else {
        return Ok(Approved::NotFound);
    };
    if !device.pending {
        return Ok(Approved::Device {
            device: Box::new(device),
            ended: Vec::new(),
        });
    }
    let mut ended = Vec::new();
    for given_way in give_way(tx, &device).await? {
        ended.extend(action::end_stale_in(tx, given_way, request.at).await?);
        ended.extend(action::end_replaced_in(tx, given_way, request.at).await?);
        let entry = entry(
            request.organization_id,
            request.at,
            &request.actor,
            Verb::DeviceReplaced,
            given_way,
        );
        let detail = Some(format!("gave way to {}", device.id));
        audit::append(tx, NewEntry { detail, ..entry }).await?;
    }
    escrow::enrolled_anew_in(
        tx,
        request.organization_id,
        &device.serial_number,
        device.id,
        request.at,
    )
    .await?;
    idempotency::keep_in(tx, request, None).await?;
    sqlx::query("UPDATE device SET pending = 0 WHERE id = $1")
        .bind(device.id.to_string())
        .execute(&mut *tx)
        .await?;
    escrow::settle_device_in(tx, request.organization_id, &device.serial_number).await?;
    let entry = entry(
        request.organization_id,
        request.at,
        &request.actor,
        Verb::DeviceApproved,
        device.id,
    );
    let detail = Some(format!("sealing key {}", device.sealing_key.fingerprint()));
    audit::append(tx, NewEntry { detail, ..entry }).await?;
    let device = Device {
        pending: false,
        ..device
    };
    Ok(Approved::Device {
        device: Box::new(device),
        ended,
    })
}

/// Marks every other device with the same serial number or hardware UUID as replaced, and leads their own predecessors
/// to the new one, so that history is always one step away.
async fn give_way(tx: &mut AnyConnection, device: &Device) -> Result<Vec<DeviceId>> {
    let rows = sqlx::query(
        "UPDATE device SET replaced_by = $2 WHERE id <> $2 AND id IN (\
         SELECT id FROM device WHERE organization_id = $1 AND serial_number = $3 AND replaced_by IS NULL UNION ALL \
         SELECT id FROM device WHERE organization_id = $1 AND hardware_uuid = $4 AND replaced_by IS NULL) \
         RETURNING id, serial_number",
    )
    .bind(device.organization_id.to_string())
    .bind(device.id.to_string())
    .bind(device.serial_number.as_str())
    .bind(device.hardware_uuid.as_str())
    .fetch_all(&mut *tx)
    .await?;
    let mut given_way = Vec::new();
    for row in &rows {
        let row = Row::new("device", row);
        let id: DeviceId = row.id("id")?;
        sqlx::query("UPDATE device SET replaced_by = $2 WHERE replaced_by = $1")
            .bind(id.to_string())
            .bind(device.id.to_string())
            .execute(&mut *tx)
            .await?;
        recovery_link::follow_in(tx, id, device.id).await?;
        index_in(tx, id).await?;
        attention::forget_in(tx, id).await?;
        resilience::forget_in(tx, device.organization_id, id).await?;
        escrow::settle_device_in(tx, device.organization_id, &row.text("serial_number")?).await?;
        given_way.push(id);
    }
    Ok(given_way)
}

fn entry<'a>(
    organization_id: OrganizationId,
    at: Timestamp,
    actor: &'a Actor,
    verb: Verb,
    device_id: DeviceId,
) -> NewEntry<'a> {
    NewEntry {
        organization_id,
        at,
        actor,
        verb,
        device_id: Some(device_id),
        subject: None,
        reason: None,
        detail: None,
    }
}
