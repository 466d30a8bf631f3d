//! That a version was shown to a person.

use sqlx::AnyConnection;
use trust::escrow::{Standing, What};
use trust::id::{DeviceId, PersonId, RevealRequestId};
use trust::time::Timestamp;

use super::read::read_in;
use super::{Line, NewEvent, add_in, approval};
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
    /// Who asks, where somebody else has to approve.
    pub asker: Asker,
}

/// Who asks to see a version, and the request to be made where there is none.
#[derive(Debug, Clone, Copy)]
pub struct Asker {
    /// The person; `None` for a program.
    pub person_id: Option<PersonId>,
    /// The id of the request.
    pub request_id: RevealRequestId,
    /// Until when it can be approved and used.
    pub expires_at: Timestamp,
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
    /// Somebody else has to approve first, and can: a request is open.
    Asked,
    /// Somebody else has to approve, and only people can ask.
    NotAPerson,
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
    if approval::is_wanted_in(tx, request.organization_id).await? {
        let Some(person_id) = reveal.asker.person_id else {
            return Ok(Revealed::NotAPerson);
        };
        if !approval::use_or_ask_in(tx, reveal, person_id).await? {
            return Ok(Revealed::Asked);
        }
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
