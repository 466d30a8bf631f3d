//! Secrets that let one Mac enrol, once. Only their hashes are here.

use sqlx::AnyConnection;
use trust::id::{DeviceId, OrganizationId};
use trust::time::Timestamp;

use crate::audit::{self, NewEntry, Verb};
use crate::idempotency::{self, Known, Request};
use crate::row::Row;
use crate::{Result, Store};

/// An enrolment secret to be kept.
#[derive(Debug, Clone)]
pub struct NewEnrolmentSecret {
    /// The request that asks for it.
    pub request: Request,
    /// Its SHA-256.
    pub hash: String,
    /// Until when it can be used.
    pub expires_at: Timestamp,
}

/// Keeps a secret and, under the caller's key, that it was shown. Answers what was known of the key before; unless that
/// is [`Known::New`], nothing was changed.
pub async fn create(store: &Store, new: &NewEnrolmentSecret) -> Result<Known> {
    store.write(new, |tx, new| Box::pin(create_in(tx, new))).await
}

async fn create_in(tx: &mut AnyConnection, new: &NewEnrolmentSecret) -> Result<Known> {
    let request = &new.request;
    let known = idempotency::look_up_in(tx, request).await?;
    if known != Known::New {
        return Ok(known);
    }
    sqlx::query(
        "INSERT INTO enrolment_secret (organization_id, hash, created_at, expires_at) VALUES ($1, $2, $3, $4)",
    )
    .bind(request.organization_id.to_string())
    .bind(new.hash.as_str())
    .bind(request.at.as_millis())
    .bind(new.expires_at.as_millis())
    .execute(&mut *tx)
    .await?;
    idempotency::keep_in(tx, request, None).await?;
    let entry = NewEntry::of(request, Verb::EnrolmentSecretCreated);
    audit::append(tx, entry).await?;
    Ok(Known::New)
}

/// A secret as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnrolmentSecret {
    /// Whose Macs it enrols.
    pub organization_id: OrganizationId,
    /// Until when it can be used.
    pub expires_at: Timestamp,
    /// The device that has used it.
    pub used_by: Option<DeviceId>,
}

/// The secret of this hash.
pub async fn find(store: &Store, hash: &str) -> Result<Option<EnrolmentSecret>> {
    let row =
        sqlx::query("SELECT organization_id, expires_at, used_by FROM enrolment_secret WHERE hash = $1")
            .bind(hash)
            .fetch_optional(store.readers())
            .await?;
    row.as_ref()
        .map(|row| {
            let row = Row::new("enrolment_secret", row);
            Ok(EnrolmentSecret {
                organization_id: row.id("organization_id")?,
                expires_at: row.time("expires_at")?,
                used_by: row.optional_id("used_by")?,
            })
        })
        .transpose()
}

/// Marks the secret as used, as part of the transaction that enrols; false when it cannot be used.
pub(crate) async fn use_in(tx: &mut AnyConnection, hash: &str, now: Timestamp) -> Result<bool> {
    let used = sqlx::query(
        "UPDATE enrolment_secret SET used_at = $2 WHERE hash = $1 AND used_at IS NULL AND expires_at > $2",
    )
    .bind(hash)
    .bind(now.as_millis())
    .execute(tx)
    .await?;
    Ok(used.rows_affected() == 1)
}

/// Notes who has used it, once that device's row is there.
pub(crate) async fn used_by_in(tx: &mut AnyConnection, hash: &str, device_id: DeviceId) -> Result<()> {
    sqlx::query("UPDATE enrolment_secret SET used_by = $2 WHERE hash = $1")
        .bind(hash)
        .bind(device_id.to_string())
        .execute(tx)
        .await?;
    Ok(())
}
