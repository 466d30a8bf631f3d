//! Saving records with the secrets that were collected for them, many or one, in one transaction.

use sqlx::AnyConnection;
use trust::enrolment::{AttributeName, EnrolmentRecord, SerialNumber};
use trust::id::{DeviceId, OrganizationId};
use trust::time::Timestamp;
use trust::wildcard::AttributeKind;
use wire::seal::SealingPublicKey;

use super::{Source, find_in, write};
use crate::actor::Actor;
use crate::audit::{self, NewEntry, Verb};
use crate::collected_secret::{self, CollectedSecret};
use crate::idempotency::{self, Known, Request};
use crate::{Result, Store, device, enrolment_attribute};

/// Records to be saved.
#[derive(Debug, Clone)]
pub struct Save {
    /// The request that brings them.
    pub request: Request,
    /// By which way they come.
    pub source: Source,
    /// The attributes that they have, each with its kind.
    pub attributes: Vec<(AttributeName, AttributeKind)>,
    /// The records. No serial number stands twice.
    pub records: Vec<NewRecord>,
    /// The answer to this request and to its repetitions.
    pub answer: Option<String>,
}

/// One record to be saved, and what its caller saw when it was made.
#[derive(Debug, Clone)]
pub struct NewRecord {
    /// The record as it will be.
    pub record: EnrolmentRecord,
    /// When the record that it was made from was changed last; `None` when there was none.
    pub before: Option<Timestamp>,
    /// The device that had the serial number, and the key that the secrets are sealed to; `None` when there was none.
    pub device: Option<(DeviceId, SealingPublicKey)>,
    /// Secrets that were collected.
    pub secrets: Vec<CollectedSecret>,
    /// Secrets to be destroyed.
    pub forget: Vec<AttributeName>,
    /// What changes, for the audit log; no values.
    pub detail: String,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// All of them are saved.
    Done,
    /// They were saved before; this was the answer.
    Before(Option<String>),
    /// The idempotency key belongs to another request.
    KeyReused,
    /// A record, a device or an attribute is not what its caller saw. Nothing was changed.
    Changed,
}

/// Saves records. Unless the answer is [`Saved::Done`], nothing was changed.
pub async fn save(store: &Store, save: &Save) -> Result<Saved> {
    store.write(save, |tx, save| Box::pin(save_in(tx, save))).await
}

pub(crate) async fn save_in(tx: &mut AnyConnection, save: &Save) -> Result<Saved> {
    match idempotency::look_up_in(tx, &save.request).await? {
        Known::New => {}
        Known::Same(answer) => return Ok(Saved::Before(answer)),
        Known::Other => return Ok(Saved::KeyReused),
    }
    let organization_id = save.request.organization_id;
    if !declare_in(tx, organization_id, &save.attributes, save.request.at).await?
        || !are_as_seen_in(tx, organization_id, &save.records).await?
    {
        return Ok(Saved::Changed);
    }
    let by = By {
        organization_id,
        actor: &save.request.actor,
        source: save.source,
        at: save.request.at,
    };
    for record in &save.records {
        put_in(tx, by, record).await?;
    }
    idempotency::keep_in(tx, &save.request, save.answer.as_deref()).await?;
    Ok(Saved::Done)
}

/// Makes attributes known; false when one is known as of another kind.
async fn declare_in(
    tx: &mut AnyConnection,
    organization_id: OrganizationId,
    attributes: &[(AttributeName, AttributeKind)],
    at: Timestamp,
) -> Result<bool> {
    if attributes.is_empty() {
        return Ok(true);
    }
    for (name, kind) in attributes {
        enrolment_attribute::declare_in(tx, organization_id, name, *kind, at).await?;
    }
    let known = enrolment_attribute::list_in(tx, organization_id).await?;
    Ok(attributes
        .iter()
        .all(|(name, kind)| known.get(name) == Some(kind)))
}

/// Whether every record and its device are as they were seen.
pub(crate) async fn are_as_seen_in(
    tx: &mut AnyConnection,
    organization_id: OrganizationId,
    records: &[NewRecord],
) -> Result<bool> {
    for new in records {
        let serial_number = &new.record.serial_number;
        let kept = find_in(tx, organization_id, serial_number).await?;
        if kept.map(|kept| kept.updated_at) != new.before {
            return Ok(false);
        }
        let device = device::of_serial_number_in(tx, organization_id, serial_number).await?;
        if device.map(|device| (device.id, device.sealing_key)) != new.device {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Who saves, by which way, and when.
#[derive(Debug, Clone, Copy)]
pub(crate) struct By<'a> {
    pub organization_id: OrganizationId,
    pub actor: &'a Actor,
    pub source: Source,
    pub at: Timestamp,
}

/// Saves one record with its secrets, leads searches to its device, and tells the audit log.
pub(crate) async fn put_in(tx: &mut AnyConnection, by: By<'_>, new: &NewRecord) -> Result<()> {
    let serial_number: &SerialNumber = &new.record.serial_number;
    write(tx, by, &new.record).await?;
    for attribute in &new.forget {
        collected_secret::destroy_in(tx, by.organization_id, serial_number, Some(attribute)).await?;
    }
    for secret in &new.secrets {
        collected_secret::save_in(tx, by.organization_id, serial_number, secret).await?;
    }
    device::set_person_in(tx, by.organization_id, Some(&new.record), serial_number).await?;
    let entry = NewEntry {
        organization_id: by.organization_id,
        at: by.at,
        actor: by.actor,
        verb: Verb::EnrolmentRecordSaved,
        device_id: new.device.as_ref().map(|(id, _)| *id),
        subject: Some(serial_number.to_string()),
        reason: None,
        detail: Some(new.detail.clone()),
    };
    audit::append(tx, entry).await
}
