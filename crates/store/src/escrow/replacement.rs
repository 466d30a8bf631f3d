//! That somebody wants a Mac to have another one now.

use sqlx::AnyConnection;
use trust::escrow::{Standing, What};
use trust::id::DeviceId;

use super::read::read_in;
use super::{Line, NewEvent, add_in};
use crate::idempotency::{self, Known, Request};
use crate::{Result, Store};

/// What came of asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReplacementAsked {
    /// It is noted; the Mac learns of it.
    Now(Standing),
    /// The request was served before, or its key belongs to another one.
    Not(Known),
    /// There is none that could be replaced.
    Empty,
}

/// Notes that the device is to replace what is kept of it.
pub async fn ask_for_replacement(
    store: &Store,
    request: &Request,
    line: Line<'_>,
    device_id: DeviceId,
    reason: Option<&str>,
) -> Result<ReplacementAsked> {
    store
        .write(
            &(request, line, device_id, reason),
            |tx, (request, line, device_id, reason)| {
                Box::pin(ask_in(tx, request, *line, *device_id, *reason))
            },
        )
        .await
}

async fn ask_in(
    tx: &mut AnyConnection,
    request: &Request,
    line: Line<'_>,
    device_id: DeviceId,
    reason: Option<&str>,
) -> Result<ReplacementAsked> {
    match idempotency::look_up_in(tx, request).await? {
        Known::New => {}
        known => return Ok(ReplacementAsked::Not(known)),
    }
    let read = read_in(tx, line).await?;
    if read.standing.latest == 0 {
        return Ok(ReplacementAsked::Empty);
    }
    let event = NewEvent {
        what: What::ReplacementAsked,
        version: None,
        origin: None,
        at: request.at,
        actor: &request.actor,
        device_id,
        message_id: None,
        reason,
    };
    let Some(after) = add_in(tx, line, read, &event).await? else {
        return Ok(ReplacementAsked::Empty);
    };
    idempotency::keep_in(tx, request, None).await?;
    Ok(ReplacementAsked::Now(after.standing))
}
