//! That a version was shown to a person.

use sqlx::AnyConnection;
use trust::escrow::{Standing, What};
use trust::id::DeviceId;

use super::read::read_in;
use super::{Line, NewEvent, add_in};
use crate::idempotency::{self, Known, Request};
use crate::{Result, Store};

/// A version that is about to be shown.
#[derive(Debug, Clone, Copy)]
pub struct Reveal<'a> {
    /// The request that asks for it.
    pub request: &'a Request,
    /// The line.
    pub line: Line<'a>,
    /// The version.
    pub version: u32,
    /// The device, for the audit log.
    pub device_id: DeviceId,
    /// Why, in the caller's words.
    pub reason: &'a str,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Revealed {
    /// It is noted: the version may be shown, this once.
    Now(Standing),
    /// The request was served before, or its key belongs to another one.
    Not(Known),
    /// There is no such version.
    NoSuchVersion,
}

/// Notes that a version is shown, before it is.
pub async fn reveal(store: &Store, reveal: &Reveal<'_>) -> Result<Revealed> {
    store
        .write(reveal, |tx, reveal| Box::pin(reveal_in(tx, reveal)))
        .await
}

async fn reveal_in(tx: &mut AnyConnection, reveal: &Reveal<'_>) -> Result<Revealed> {
    let request = reveal.request;
    match idempotency::look_up_in(tx, request).await? {
        Known::New => {}
        known => return Ok(Revealed::Not(known)),
    }
    let read = read_in(tx, reveal.line).await?;
    let event = NewEvent {
        what: What::Revealed,
        version: Some(reveal.version),
        origin: None,
        at: request.at,
        actor: &request.actor,
        device_id: reveal.device_id,
        message_id: None,
        reason: Some(reveal.reason),
    };
    let Some(after) = add_in(tx, reveal.line, read, &event).await? else {
        return Ok(Revealed::NoSuchVersion);
    };
    idempotency::keep_in(tx, request, None).await?;
    Ok(Revealed::Now(after.standing))
}
