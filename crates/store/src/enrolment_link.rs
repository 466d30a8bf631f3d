//! Links to the page on which the person of one Mac says who it is. Only their hashes are here.

use sqlx::AnyConnection;
use trust::enrolment::SerialNumber;
use trust::id::OrganizationId;
use trust::time::Timestamp;

use crate::audit::{self, NewEntry, Verb};
use crate::enrolment_record::{Save, Saved, save_in};
use crate::idempotency::{self, Known, Request};
use crate::row::Row;
use crate::{Result, Store};

/// A link to be kept.
#[derive(Debug, Clone)]
pub struct NewEnrolmentLink {
    /// The request that asks for it.
    pub request: Request,
    /// SHA-256 of what the link holds.
    pub hash: String,
    /// The Mac that it is for.
    pub serial_number: SerialNumber,
    /// Until when it can be used.
    pub expires_at: Timestamp,
}

/// A link that can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnrolmentLink {
    /// Whose Mac it is for.
    pub organization_id: OrganizationId,
    /// The Mac.
    pub serial_number: SerialNumber,
}

/// Keeps a link. Unless the answer is [`Known::New`], nothing was changed.
pub async fn create(store: &Store, new: &NewEnrolmentLink) -> Result<Known> {
    store.write(new, |tx, new| Box::pin(create_in(tx, new))).await
}

async fn create_in(tx: &mut AnyConnection, new: &NewEnrolmentLink) -> Result<Known> {
    let request = &new.request;
    let known = idempotency::look_up_in(tx, request).await?;
    if known != Known::New {
        return Ok(known);
    }
    sqlx::query(
        "INSERT INTO enrolment_link (organization_id, hash, serial_number, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(request.organization_id.to_string())
    .bind(new.hash.as_str())
    .bind(new.serial_number.as_str())
    .bind(request.at.as_millis())
    .bind(new.expires_at.as_millis())
    .execute(&mut *tx)
    .await?;
    idempotency::keep_in(tx, request, None).await?;
    append(tx, request, Verb::EnrolmentLinkCreated, &new.serial_number).await?;
    Ok(Known::New)
}

/// The link of this hash, when it can be used.
pub async fn find(store: &Store, hash: &str, now: Timestamp) -> Result<Option<EnrolmentLink>> {
    let row = sqlx::query(
        "SELECT organization_id, serial_number FROM enrolment_link WHERE hash = $1 AND used_at IS NULL \
         AND expires_at > $2",
    )
    .bind(hash)
    .bind(now.as_millis())
    .fetch_optional(store.readers())
    .await?;
    row.as_ref()
        .map(|row| {
            let row = Row::new("enrolment_link", row);
            Ok(EnrolmentLink {
                organization_id: row.id("organization_id")?,
                serial_number: row.word("serial_number", |text| text.parse().ok())?,
            })
        })
        .transpose()
}

/// What a person has filled in by a link.
#[derive(Debug, Clone)]
pub struct FilledIn {
    /// SHA-256 of what the link holds.
    pub hash: String,
    /// The record, as it will be.
    pub save: Save,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Followed {
    /// It is saved, and the link is used up.
    Done,
    /// The link was used, or its time has run out. Nothing was changed.
    Unusable,
    /// The record or the device is not what was seen. Nothing was changed.
    Changed,
}

/// Uses a link up and saves what was filled in.
pub async fn follow(store: &Store, filled_in: &FilledIn) -> Result<Followed> {
    store
        .write(filled_in, |tx, filled_in| Box::pin(follow_in(tx, filled_in)))
        .await
}

async fn follow_in(tx: &mut AnyConnection, filled_in: &FilledIn) -> Result<Followed> {
    let request = &filled_in.save.request;
    let used = sqlx::query(
        "UPDATE enrolment_link SET used_at = $2 WHERE hash = $1 AND used_at IS NULL AND expires_at > $2 \
         RETURNING serial_number",
    )
    .bind(filled_in.hash.as_str())
    .bind(request.at.as_millis())
    .fetch_optional(&mut *tx)
    .await?;
    let Some(row) = used else {
        return Ok(Followed::Unusable);
    };
    let serial_number: SerialNumber =
        Row::new("enrolment_link", &row).word("serial_number", |text| text.parse().ok())?;
    if save_in(tx, &filled_in.save).await? == Saved::Done {
        append(tx, request, Verb::EnrolmentLinkUsed, &serial_number).await?;
        return Ok(Followed::Done);
    }
    sqlx::query("UPDATE enrolment_link SET used_at = NULL WHERE hash = $1")
        .bind(filled_in.hash.as_str())
        .execute(tx)
        .await?;
    Ok(Followed::Changed)
}

/// Deletes links that cannot be used any more.
pub async fn forget_ended(store: &Store, now: Timestamp) -> Result<u64> {
    store
        .write(&now, |tx, now| {
            Box::pin(async move {
                let done = sqlx::query("DELETE FROM enrolment_link WHERE expires_at <= $1")
                    .bind(now.as_millis())
                    .execute(tx)
                    .await?;
                Ok(done.rows_affected())
            })
        })
        .await
}

async fn append(
    tx: &mut AnyConnection,
    request: &Request,
    verb: Verb,
    serial_number: &SerialNumber,
) -> Result<()> {
    let entry = NewEntry {
        subject: Some(serial_number.to_string()),
        ..NewEntry::of(request, verb)
    };
    audit::append(tx, entry).await
}
