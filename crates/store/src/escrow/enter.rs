//! What people enter into the vault: passwords that no agent brings.

use std::collections::BTreeMap;

use sqlx::AnyConnection;
use trust::escrow::{EscrowKind, MOST_LEGACY, Origin, What};
use trust::id::{DeviceId, EscrowMessageId};

use super::append::insert_version_in;
use super::forgotten::settle_device_in;
use super::read::read_in;
use super::{Line, NO_DEVICE, NewEvent, NewSecret, Read, add_in};
use crate::idempotency::{self, Known, Request};
use crate::row::Row;
use crate::{Result, Store};

/// A version that somebody enters.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// The line.
    pub line: Line<'a>,
    /// What it is encrypted for, beside [`NO_DEVICE`].
    pub message_id: EscrowMessageId,
    /// The version, encrypted.
    pub secret: NewSecret,
}

/// Versions that somebody enters at once, all of them or none.
#[derive(Debug, Clone)]
pub struct Entering<'a> {
    /// The request that asks for it.
    pub request: &'a Request,
    /// The versions, in the order in which they come.
    pub entries: &'a [Entry<'a>],
    /// Why, in the caller's words.
    pub reason: Option<&'a str>,
    /// What the request is answered, then and when it comes again.
    pub answer: &'a str,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entered {
    /// Everything is kept.
    Now,
    /// The request was carried out before, or its key belongs to another one.
    Not(Known),
    /// This one of the entries would be one former value too many. Nothing is kept.
    TooManyLegacy(usize),
}

/// Keeps what somebody enters.
pub async fn enter(store: &Store, entering: &Entering<'_>) -> Result<Entered> {
    store
        .write(entering, |tx, entering| Box::pin(enter_in(tx, entering)))
        .await
}

async fn enter_in(tx: &mut AnyConnection, entering: &Entering<'_>) -> Result<Entered> {
    let request = entering.request;
    match idempotency::look_up_in(tx, request).await? {
        Known::New => {}
        known => return Ok(Entered::Not(known)),
    }
    if let Some(place) = too_many_in(tx, entering.entries).await? {
        return Ok(Entered::TooManyLegacy(place));
    }
    for entry in entering.entries {
        add_entry_in(tx, entering, entry).await?;
    }
    idempotency::keep_in(tx, request, Some(entering.answer)).await?;
    Ok(Entered::Now)
}

async fn add_entry_in(tx: &mut AnyConnection, entering: &Entering<'_>, entry: &Entry<'_>) -> Result<()> {
    let (request, line) = (entering.request, entry.line);
    let read = read_in(tx, line).await?;
    let number = read.standing.latest + 1;
    let event = NewEvent {
        what: What::Escrowed,
        version: Some(number),
        origin: Some(entry.secret.origin),
        at: request.at,
        actor: &request.actor,
        device_id: device_in(tx, line, read).await?,
        message_id: None,
        reason: entering.reason,
    };
    if add_in(tx, line, read, &event).await?.is_some() {
        let brought = (NO_DEVICE, entry.message_id);
        insert_version_in(tx, line, number, brought, &entry.secret).await?;
        settle_device_in(tx, line.organization_id, line.serial_number).await?;
    }
    Ok(())
}

/// The device by which a line stands in the audit log: that of its serial number, or the one that the line was last of.
async fn device_in(tx: &mut AnyConnection, line: Line<'_>, read: Read) -> Result<DeviceId> {
    let row = sqlx::query(
        "SELECT id FROM device WHERE organization_id = $1 AND serial_number = $2 AND pending = 0 AND replaced_by IS NULL",
    )
    .bind(line.organization_id.to_string())
    .bind(line.serial_number)
    .fetch_optional(tx)
    .await?;
    match row {
        Some(row) => Row::new("device", &row).id("id"),
        None => Ok(read.device_id.unwrap_or(NO_DEVICE)),
    }
}

/// Which of the entries is one former value too many for its line; `None` when each has its place.
async fn too_many_in(tx: &mut AnyConnection, entries: &[Entry<'_>]) -> Result<Option<usize>> {
    let mut counted: BTreeMap<(&str, EscrowKind), i64> = BTreeMap::new();
    let former = entries.iter().enumerate();
    for (place, entry) in former.filter(|(_, entry)| entry.secret.origin == Origin::Legacy) {
        let line = (entry.line.serial_number, entry.line.kind);
        let count = match counted.get(&line) {
            Some(count) => count + 1,
            None => legacy_in(tx, entry.line).await? + 1,
        };
        if count > i64::from(MOST_LEGACY) {
            return Ok(Some(place));
        }
        counted.insert(line, count);
    }
    Ok(None)
}

/// How many former values of a line are kept that were not destroyed.
async fn legacy_in(tx: &mut AnyConnection, line: Line<'_>) -> Result<i64> {
    let destroyed = read_in(tx, line).await?.standing.destroyed;
    let row = sqlx::query(
        "SELECT COUNT(*) AS legacy FROM escrow_event WHERE organization_id = $1 AND serial_number = $2 AND kind = $3 \
         AND origin = $4 AND version > $5",
    )
    .bind(line.organization_id.to_string())
    .bind(line.serial_number)
    .bind(line.kind.word())
    .bind(Origin::Legacy.word())
    .bind(i64::from(destroyed))
    .fetch_one(tx)
    .await?;
    Row::new("escrow_event", &row).number("legacy")
}
