//! Making a profile: a new enrolment, or another certificate for the one that the Mac has.

use sqlx::AnyConnection;
use trust::id::{DeviceId, MdmEnrolmentId};
use trust::mdm_enrolment::State;

use crate::audit::{self, NewEntry, Verb};
use crate::idempotency::{self, Known, Request};
use crate::row::Row;
use crate::{Result, Store};

/// A profile that is about to be shown.
#[derive(Debug, Clone)]
pub struct NewProfile {
    /// The request that asks for it.
    pub request: Request,
    /// The device that it is for.
    pub device_id: DeviceId,
    /// Its serial number.
    pub serial_number: String,
    /// Its hardware UUID.
    pub hardware_uuid: String,
    /// The enrolment: a new one, or the one that is renewed.
    pub enrolment_id: MdmEnrolmentId,
    /// Whether that one is there already.
    pub renews: bool,
    /// SHA-256 of the certificate.
    pub certificate: String,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Prepared {
    /// The profile may be shown, this once.
    Now,
    /// The request was served before, or its key belongs to another one. Nothing was changed.
    Not(Known),
    /// The Mac is not enrolled by what was to be renewed. Nothing was changed.
    NotEnrolled,
}

/// Notes that a profile is made, before it is shown.
pub async fn prepare(store: &Store, new: &NewProfile) -> Result<Prepared> {
    store.write(new, |tx, new| Box::pin(prepare_in(tx, new))).await
}

async fn prepare_in(tx: &mut AnyConnection, new: &NewProfile) -> Result<Prepared> {
    let request = &new.request;
    match idempotency::look_up_in(tx, request).await? {
        Known::New => {}
        known => return Ok(Prepared::Not(known)),
    }
    if new.renews {
        let row = sqlx::query("SELECT state FROM mdm_enrolment WHERE id = $1 AND organization_id = $2")
            .bind(new.enrolment_id.to_string())
            .bind(request.organization_id.to_string())
            .fetch_optional(&mut *tx)
            .await?;
        let state = row
            .as_ref()
            .map(|row| Row::new("mdm_enrolment", row).word("state", State::from_word))
            .transpose()?;
        if !state.is_some_and(State::is_enrolled) {
            return Ok(Prepared::NotEnrolled);
        }
    } else {
        sqlx::query(
            "INSERT INTO mdm_enrolment (organization_id, id, serial_number, hardware_uuid, state, prepared_at) \
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(request.organization_id.to_string())
        .bind(new.enrolment_id.to_string())
        .bind(new.serial_number.as_str())
        .bind(new.hardware_uuid.as_str())
        .bind(State::Prepared.word())
        .bind(request.at.as_millis())
        .execute(&mut *tx)
        .await?;
    }
    sqlx::query(
        "INSERT INTO mdm_identity (organization_id, certificate, enrolment_id, issued_at) VALUES ($1, $2, $3, $4)",
    )
    .bind(request.organization_id.to_string())
    .bind(new.certificate.as_str())
    .bind(new.enrolment_id.to_string())
    .bind(request.at.as_millis())
    .execute(&mut *tx)
    .await?;
    idempotency::keep_in(tx, request, None).await?;
    let verb = if new.renews {
        Verb::MdmProfileRenewed
    } else {
        Verb::MdmProfileMade
    };
    let entry = NewEntry {
        device_id: Some(new.device_id),
        subject: Some(new.enrolment_id.to_string()),
        ..NewEntry::of(request, verb)
    };
    audit::append(tx, entry).await?;
    Ok(Prepared::Now)
}
