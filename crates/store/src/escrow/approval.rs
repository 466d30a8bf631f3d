//! Requests to see a version, which somebody else has to approve where the organisation wants that.

use sqlx::AnyConnection;
use trust::id::{DeviceId, OrganizationId, PersonId, RevealRequestId};
use trust::time::Timestamp;

use super::{Line, Reveal, audited};
use crate::audit::{self, NewEntry, Verb};
use crate::idempotency::{self, Known, Request};
use crate::row::Row;
use crate::{Result, Store};

/// A request that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Its id.
    pub id: RevealRequestId,
    /// The version that is to be shown.
    pub version: u32,
    /// Who asks.
    pub person_id: PersonId,
    /// The same as the audit log names it.
    pub asked_by: String,
    /// Why.
    pub reason: String,
    /// When it was asked.
    pub at: Timestamp,
    /// Until when it can be approved and used.
    pub expires_at: Timestamp,
    /// Who approved it, as the audit log names it.
    pub approved_by: Option<String>,
}

/// The requests about a line that are open at `now`, oldest first.
pub async fn asked(store: &Store, line: Line<'_>, now: Timestamp) -> Result<Vec<Asked>> {
    let mut reader = store.readers().acquire().await?;
    asked_in(&mut reader, line, now).await
}

async fn asked_in(connection: &mut AnyConnection, line: Line<'_>, now: Timestamp) -> Result<Vec<Asked>> {
    let rows = sqlx::query(
        "SELECT * FROM reveal_request WHERE organization_id = $1 AND serial_number = $2 AND kind = $3 \
         AND expires_at > $4 AND used_at IS NULL ORDER BY expires_at, id",
    )
    .bind(line.organization_id.to_string())
    .bind(line.serial_number.to_owned())
    .bind(line.kind.word())
    .bind(now.as_millis())
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            let row = Row::new("reveal_request", row);
            Ok(Asked {
                id: row.id("id")?,
                version: row.small("version")?,
                person_id: row.id("person_id")?,
                asked_by: row.text("asked_by")?,
                reason: row.text("reason")?,
                at: row.time("at")?,
                expires_at: row.time("expires_at")?,
                approved_by: row.optional_text("approved_by")?,
            })
        })
        .collect()
}

/// What came of approving.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Approved {
    /// It is approved, by this or an earlier request of the key.
    Done,
    /// There is no such request, or it is over or approved already.
    NotFound,
    /// Whoever asks to approve it has made it.
    Own,
    /// The idempotency key belongs to another request.
    KeyReused,
}

/// Approves a request that somebody else than `person_id` has made about a line.
pub async fn approve(
    store: &Store,
    request: &Request,
    line: Line<'_>,
    (device_id, id): (DeviceId, RevealRequestId),
    person_id: PersonId,
) -> Result<Approved> {
    store
        .write(
            &(request, line, device_id, id, person_id),
            |tx, (request, line, device_id, id, person_id)| {
                Box::pin(approve_in(tx, request, *line, (*device_id, *id), *person_id))
            },
        )
        .await
}

async fn approve_in(
    tx: &mut AnyConnection,
    request: &Request,
    line: Line<'_>,
    (device_id, id): (DeviceId, RevealRequestId),
    person_id: PersonId,
) -> Result<Approved> {
    match idempotency::look_up_in(tx, request).await? {
        Known::New => {}
        Known::Same(_) => return Ok(Approved::Done),
        Known::Other => return Ok(Approved::KeyReused),
    }
    let open = asked_in(tx, line, request.at).await?;
    let found = open
        .into_iter()
        .find(|asked| asked.id == id && asked.approved_by.is_none());
    let Some(asked) = found else {
        return Ok(Approved::NotFound);
    };
    if asked.person_id == person_id {
        return Ok(Approved::Own);
    }
    sqlx::query("UPDATE reveal_request SET approved_by = $2 WHERE id = $1")
        .bind(id.to_string())
        .bind(request.actor.to_string())
        .execute(&mut *tx)
        .await?;
    idempotency::keep_in(tx, request, None).await?;
    let entry = NewEntry {
        device_id: audited(device_id),
        reason: Some(&asked.reason),
        detail: Some(format!("asked by {}", asked.asked_by)),
        ..NewEntry::of(request, Verb::RevealApproved)
    };
    audit::append(tx, entry).await?;
    Ok(Approved::Done)
}

/// Uses an approved request up, as part of the transaction that shows the version; false where there is none. Then one is open
/// afterwards.
pub(super) async fn use_or_ask_in(
    tx: &mut AnyConnection,
    reveal: &Reveal<'_>,
    person_id: PersonId,
) -> Result<bool> {
    let at = reveal.request.at;
    let open = asked_in(tx, reveal.line, at).await?;
    let mut own = open
        .iter()
        .filter(|asked| asked.person_id == person_id && asked.version == reveal.version);
    if let Some(approved) = own.clone().find(|asked| asked.approved_by.is_some()) {
        sqlx::query("UPDATE reveal_request SET used_at = $2 WHERE id = $1")
            .bind(approved.id.to_string())
            .bind(at.as_millis())
            .execute(tx)
            .await?;
        return Ok(true);
    }
    if own.next().is_none() {
        ask_in(tx, reveal, person_id).await?;
    }
    Ok(false)
}

async fn ask_in(tx: &mut AnyConnection, reveal: &Reveal<'_>, person_id: PersonId) -> Result<()> {
    let (line, request) = (reveal.line, reveal.request);
    sqlx::query(
        "INSERT INTO reveal_request (organization_id, id, serial_number, kind, version, device_id, person_id, asked_by, \
         reason, at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(line.organization_id.to_string())
    .bind(reveal.asker.request_id.to_string())
    .bind(line.serial_number.to_owned())
    .bind(line.kind.word())
    .bind(i64::from(reveal.version))
    .bind(reveal.device_id.to_string())
    .bind(person_id.to_string())
    .bind(request.actor.to_string())
    .bind(reveal.reason.to_owned())
    .bind(request.at.as_millis())
    .bind(reveal.asker.expires_at.as_millis())
    .execute(&mut *tx)
    .await?;
    let entry = NewEntry {
        device_id: audited(reveal.device_id),
        reason: Some(reveal.reason),
        ..NewEntry::of(request, Verb::RevealAsked)
    };
    audit::append(tx, entry).await
}

/// Deletes the requests whose time had run out at `now`. The audit log keeps what was asked.
pub async fn forget_asked(store: &Store, now: Timestamp) -> Result<()> {
    store
        .write(&now, |tx, now| {
            Box::pin(async move {
                sqlx::query("DELETE FROM reveal_request WHERE expires_at <= $1")
                    .bind(now.as_millis())
                    .execute(tx)
                    .await?;
                Ok(())
            })
        })
        .await
}

/// Whether the organisation wants somebody else to approve, as a transaction sees it.
pub(super) async fn is_wanted_in(tx: &mut AnyConnection, organization_id: OrganizationId) -> Result<bool> {
    let policy = trust::policy::OnOffPolicy::RevealsNeedApproval;
    let standing = crate::on_off_policy::find_in(tx, organization_id, policy).await?;
    Ok(standing.enabled)
}
