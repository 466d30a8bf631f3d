//! Legal holds: that nothing of a line may be destroyed, until that is lifted.

use sqlx::AnyConnection;
use trust::escrow::{Standing, What};

use super::read::read_in;
use super::{Line, NewEvent, add_in};
use crate::idempotency::{self, Known, Request};
use crate::{Result, Store};

/// A decision about the legal hold of a line.
#[derive(Debug, Clone, Copy)]
pub struct Hold<'a> {
    /// The request that asks for it.
    pub request: &'a Request,
    /// The line.
    pub line: Line<'a>,
    /// Whether nothing of it may be destroyed from now on.
    pub held: bool,
    /// Why, in the caller's words.
    pub reason: &'a str,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holding {
    /// It is so now.
    Now(Standing),
    /// The request was carried out before, or its key belongs to another one.
    Not(Known),
    /// There is no such line.
    NoSuchLine,
}

/// Sets a legal hold on a line, or lifts it. Where there is none to lift, nothing is changed.
pub async fn hold(store: &Store, hold: &Hold<'_>) -> Result<Holding> {
    store.write(hold, |tx, hold| Box::pin(hold_in(tx, hold))).await
}

async fn hold_in(tx: &mut AnyConnection, hold: &Hold<'_>) -> Result<Holding> {
    let request = hold.request;
    match idempotency::look_up_in(tx, request).await? {
        Known::New => {}
        known => return Ok(Holding::Not(known)),
    }
    let read = read_in(tx, hold.line).await?;
    let Some(device_id) = read.device_id else {
        return Ok(Holding::NoSuchLine);
    };
    idempotency::keep_in(tx, request, None).await?;
    let event = NewEvent {
        what: if hold.held {
            What::HoldSet
        } else {
            What::HoldLifted
        },
        version: None,
        origin: None,
        at: request.at,
        actor: &request.actor,
        device_id,
        message_id: None,
        reason: Some(hold.reason),
    };
    let after = add_in(tx, hold.line, read, &event).await?;
    Ok(Holding::Now(after.unwrap_or(read).standing))
}
