//! Enrolling: a secret is used up, and a Mac becomes a device, or a device gets new keys.

use sqlx::AnyConnection;
use trust::admission::Admission;
use trust::id::{DeviceId, OrganizationId};
use trust::time::Timestamp;
use wire::agent_api::EnrolmentIdentity;

use crate::action::{self, Changed};
use crate::actor::Actor;
use crate::audit::{self, NewEntry, Verb};
use crate::device::{self, Device, NOT_OBSERVED, index_in};
use crate::{Result, Store, enrolment_record, enrolment_secret, escrow};

/// A Mac that enrols.
#[derive(Debug, Clone)]
pub struct NewEnrolment<'a> {
    /// The organisation of the secret.
    pub organization_id: OrganizationId,
    /// SHA-256 of the secret.
    pub secret_hash: String,
    /// The Mac and its keys.
    pub identity: &'a EnrolmentIdentity,
    /// What it becomes.
    pub admission: Admission,
    /// The id that a new device gets.
    pub new_id: DeviceId,
    /// When.
    pub at: Timestamp,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Enrolled {
    /// The Mac is this device now. With new keys, these waiting actions ended as stale.
    Device {
        /// The device's id.
        id: DeviceId,
        /// Whether it waits for approval.
        pending: bool,
        /// Actions that ended because the keys changed.
        ended: Vec<Changed>,
    },
    /// The secret is used up, or its time has run out. Nothing was changed.
    SecretInvalid,
    /// What the admission was decided from is no longer so. Nothing was changed.
    Conflict,
}

/// Enrols a Mac as its admission says, and uses the secret up.
pub async fn enrol(store: &Store, new: &NewEnrolment<'_>) -> Result<Enrolled> {
    store.write(new, |tx, new| Box::pin(enrol_in(tx, new))).await
}

async fn enrol_in(tx: &mut AnyConnection, new: &NewEnrolment<'_>) -> Result<Enrolled> {
    let known = match new.admission {
        Admission::NewDevice | Admission::Pending => None,
        Admission::SameDevice(id) => device::find_in(tx, id).await?,
    };
    let still_so = match (new.admission, &known) {
        (Admission::Pending, _) => true,
        (Admission::NewDevice, _) => !claimed_by_another(tx, new, new.new_id).await?,
        (Admission::SameDevice(id), Some(_)) => !claimed_by_another(tx, new, id).await?,
        (Admission::SameDevice(_), None) => false,
    };
    if !still_so {
        return Ok(Enrolled::Conflict);
    }
    if !enrolment_secret::use_in(tx, &new.secret_hash, new.at).await? {
        return Ok(Enrolled::SecretInvalid);
    }
    match known {
        Some(device) => enrol_again(tx, new, &device).await,
        None => enrol_new(tx, new, new.admission == Admission::Pending).await,
    }
}

/// Whether an approved device other than `but` has the serial number or the hardware UUID.
async fn claimed_by_another(tx: &mut AnyConnection, new: &NewEnrolment<'_>, but: DeviceId) -> Result<bool> {
    let row = sqlx::query(
        "SELECT id FROM device WHERE organization_id = $1 AND pending = 0 AND replaced_by IS NULL AND id <> $2 \
         AND serial_number = $3 UNION ALL \
         SELECT id FROM device WHERE organization_id = $1 AND pending = 0 AND replaced_by IS NULL AND id <> $2 \
         AND hardware_uuid = $4",
    )
    .bind(new.organization_id.to_string())
    .bind(but.to_string())
    .bind(new.identity.serial_number.as_str())
    .bind(new.identity.hardware_uuid.as_str())
    .fetch_optional(tx)
    .await?;
    Ok(row.is_some())
}

async fn enrol_new(tx: &mut AnyConnection, new: &NewEnrolment<'_>, pending: bool) -> Result<Enrolled> {
    let identity = new.identity;
    sqlx::query(
        "INSERT INTO device (organization_id, id, name, serial_number, hardware_uuid, agent_version, signing_key, \
         sealing_key, pending, enrolled_at, sort_name, search, chain, holders, accounts) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', '', $11, 0, 0)",
    )
    .bind(new.organization_id.to_string())
    .bind(new.new_id.to_string())
    .bind(identity.name.as_str())
    .bind(identity.serial_number.as_str())
    .bind(identity.hardware_uuid.as_str())
    .bind(identity.agent_version.as_str())
    .bind(identity.signing_key.0.to_text())
    .bind(identity.sealing_key.0.to_text())
    .bind(i64::from(pending))
    .bind(new.at.as_millis())
    .bind(NOT_OBSERVED)
    .execute(&mut *tx)
    .await?;
    set_person_in(tx, new).await?;
    index_in(tx, new.new_id).await?;
    enrolment_secret::used_by_in(tx, &new.secret_hash, new.new_id).await?;
    let verb = if pending {
        Verb::DevicePending
    } else {
        let serial_number = &identity.serial_number;
        escrow::enrolled_anew_in(tx, new.organization_id, serial_number, new.new_id, new.at).await?;
        escrow::settle_device_in(tx, new.organization_id, serial_number).await?;
        Verb::DeviceEnrolled
    };
    append(tx, new, new.new_id, verb).await?;
    Ok(Enrolled::Device {
        id: new.new_id,
        pending,
        ended: Vec::new(),
    })
}

async fn enrol_again(tx: &mut AnyConnection, new: &NewEnrolment<'_>, device: &Device) -> Result<Enrolled> {
    enrolment_secret::used_by_in(tx, &new.secret_hash, device.id).await?;
    let identity = new.identity;
    sqlx::query(
        "UPDATE device SET name = $2, serial_number = $3, hardware_uuid = $4, agent_version = $5, signing_key = $6, \
         sealing_key = $7 WHERE id = $1",
    )
    .bind(device.id.to_string())
    .bind(identity.name.as_str())
    .bind(identity.serial_number.as_str())
    .bind(identity.hardware_uuid.as_str())
    .bind(identity.agent_version.as_str())
    .bind(identity.signing_key.0.to_text())
    .bind(identity.sealing_key.0.to_text())
    .execute(&mut *tx)
    .await?;
    for serial_number in [&device.serial_number, &identity.serial_number] {
        escrow::settle_device_in(tx, new.organization_id, serial_number).await?;
    }
    set_person_in(tx, new).await?;
    index_in(tx, device.id).await?;
    let ended = if device.sealing_key == identity.sealing_key {
        Vec::new()
    } else {
        action::end_stale_in(tx, device.id, new.at).await?
    };
    append(tx, new, device.id, Verb::DeviceKeysChanged).await?;
    Ok(Enrolled::Device {
        id: device.id,
        pending: device.pending,
        ended,
    })
}

/// Lets searches find the device by the person whose Mac it is known to be.
async fn set_person_in(tx: &mut AnyConnection, new: &NewEnrolment<'_>) -> Result<()> {
    let Ok(serial_number) = new.identity.serial_number.parse() else {
        return Ok(());
    };
    let kept = enrolment_record::find_in(tx, new.organization_id, &serial_number).await?;
    let record = kept.as_ref().map(|kept| &kept.record);
    device::set_person_in(tx, new.organization_id, record, &serial_number).await
}

async fn append(
    tx: &mut AnyConnection,
    new: &NewEnrolment<'_>,
    device_id: DeviceId,
    verb: Verb,
) -> Result<()> {
    let entry = NewEntry {
        organization_id: new.organization_id,
        at: new.at,
        actor: &Actor::Device(device_id),
        verb,
        device_id: Some(device_id),
        subject: Some(new.identity.serial_number.clone()),
        reason: None,
        detail: Some(format!("sealing key {}", new.identity.sealing_key.fingerprint())),
    };
    audit::append(tx, entry).await
}
