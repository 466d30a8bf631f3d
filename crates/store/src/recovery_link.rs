//! Links to the page with the steps of a Mac's way back. Only their hashes are here.

use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use trust::id::{DeviceId, OrganizationId};
use trust::recovery::{Guide, Way};
use trust::time::Timestamp;

use crate::actor::Actor;
use crate::audit::{self, NewEntry, Verb};
use crate::idempotency::{self, Known, Request};
use crate::row::{Row, to_json};
use crate::{Result, Store, escrow};

/// A link to be kept.
#[derive(Debug, Clone)]
pub struct NewRecoveryLink {
    /// The request that asks for it.
    pub request: Request,
    /// SHA-256 of what the link holds.
    pub hash: String,
    /// The Mac that it is for.
    pub device_id: DeviceId,
    /// The way that somebody is sent.
    pub way: Way,
    /// Its steps.
    pub guide: Guide,
    /// Until when it can be opened.
    pub expires_at: Timestamp,
}

/// A link that can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecoveryLink {
    /// Whose Mac it is for.
    pub organization_id: OrganizationId,
    /// The Mac.
    pub device_id: DeviceId,
    /// The way that somebody is sent.
    pub way: Way,
    /// Its steps.
    pub guide: Guide,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it can be opened.
    pub expires_at: Timestamp,
    /// When it was opened first.
    pub opened_at: Option<Timestamp>,
}

/// Keeps a link. Unless the answer is [`Known::New`], nothing was changed.
pub async fn create(store: &Store, new: &NewRecoveryLink) -> Result<Known> {
    store.write(new, |tx, new| Box::pin(create_in(tx, new))).await
}

async fn create_in(tx: &mut AnyConnection, new: &NewRecoveryLink) -> Result<Known> {
    let request = &new.request;
    let known = idempotency::begin_in(tx, request).await?;
    if known != Known::New {
        return Ok(known);
    }
    sqlx::query(
        "INSERT INTO recovery_link (organization_id, hash, device_id, way, guide, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(request.organization_id.to_string())
    .bind(new.hash.as_str())
    .bind(new.device_id.to_string())
    .bind(new.way.word())
    .bind(to_json("a guide", &new.guide)?)
    .bind(request.at.as_millis())
    .bind(new.expires_at.as_millis())
    .execute(&mut *tx)
    .await?;
    let entry = NewEntry {
        device_id: Some(new.device_id),
        subject: Some(new.way.word().to_owned()),
        ..NewEntry::of(request, Verb::RecoveryLinkCreated)
    };
    audit::append(tx, entry).await?;
    if new.way == Way::PersonalRecoveryKey {
        escrow::read_out_in(tx, request, new.device_id).await?;
    }
    Ok(Known::New)
}

/// The link of this hash, when it can be opened at `now`; the first time that is noted. Answers beside it whether this was the
/// first time.
pub async fn open(store: &Store, hash: &str, now: Timestamp) -> Result<Option<(RecoveryLink, bool)>> {
    let row = sqlx::query("SELECT * FROM recovery_link WHERE hash = $1 AND expires_at > $2")
        .bind(hash)
        .bind(now.as_millis())
        .fetch_optional(store.readers())
        .await?;
    let Some(mut link) = row.as_ref().map(read).transpose()? else {
        return Ok(None);
    };
    if link.opened_at.is_some() {
        return Ok(Some((link, false)));
    }
    let noted = store
        .write(&(hash, now, &link), |tx, (hash, now, link)| {
            Box::pin(note_opened(tx, hash, *now, link))
        })
        .await?;
    link.opened_at = Some(now);
    Ok(Some((link, noted)))
}

/// Notes that a link was opened; false when somebody else was faster.
async fn note_opened(
    tx: &mut AnyConnection,
    hash: &str,
    now: Timestamp,
    link: &RecoveryLink,
) -> Result<bool> {
    let noted = sqlx::query("UPDATE recovery_link SET opened_at = $2 WHERE hash = $1 AND opened_at IS NULL")
        .bind(hash)
        .bind(now.as_millis())
        .execute(&mut *tx)
        .await?;
    if noted.rows_affected() == 0 {
        return Ok(false);
    }
    let entry = NewEntry {
        organization_id: link.organization_id,
        at: now,
        actor: &Actor::RecoveryLink(link.device_id),
        verb: Verb::RecoveryLinkOpened,
        device_id: Some(link.device_id),
        subject: Some(link.way.word().to_owned()),
        reason: None,
        detail: None,
    };
    audit::append(tx, entry).await?;
    Ok(true)
}

/// The link that was made last for a device, also when it cannot be opened any more: what is left to see to outlives it.
pub async fn latest_of_device(store: &Store, device_id: DeviceId) -> Result<Option<RecoveryLink>> {
    let row = sqlx::query(
        "SELECT * FROM recovery_link WHERE device_id = $1 ORDER BY created_at DESC, expires_at DESC LIMIT 1",
    )
    .bind(device_id.to_string())
    .fetch_optional(store.readers())
    .await?;
    row.as_ref().map(read).transpose()
}

/// Has the links of a device lead to the one that takes its place: a Mac that was erased on its way comes back as another device.
pub(crate) async fn follow_in(tx: &mut AnyConnection, from: DeviceId, to: DeviceId) -> Result<()> {
    sqlx::query("UPDATE recovery_link SET device_id = $2 WHERE device_id = $1")
        .bind(from.to_string())
        .bind(to.to_string())
        .execute(tx)
        .await?;
    Ok(())
}

/// Deletes links that could not be opened any more by `before`.
pub async fn forget_ended(store: &Store, before: Timestamp) -> Result<u64> {
    store
        .write(&before, |tx, before| {
            Box::pin(async move {
                let done = sqlx::query("DELETE FROM recovery_link WHERE expires_at <= $1")
                    .bind(before.as_millis())
                    .execute(tx)
                    .await?;
                Ok(done.rows_affected())
            })
        })
        .await
}

fn read(row: &AnyRow) -> Result<RecoveryLink> {
    let row = Row::new("recovery_link", row);
    Ok(RecoveryLink {
        organization_id: row.id("organization_id")?,
        device_id: row.id("device_id")?,
        way: row.word("way", Way::from_word)?,
        guide: row.json("guide")?,
        created_at: row.time("created_at")?,
        expires_at: row.time("expires_at")?,
        opened_at: row.optional_time("opened_at")?,
    })
}
