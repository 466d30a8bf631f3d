//! The vault's lines of versions. An event, once written, is never changed or deleted, nor is a version, but by [`destroy_due`] of a
//! Mac that somebody decided to forget. Every other function adds to a line by the rule of [`Standing::after`], in the transaction that
//! read where it stood.

mod append;
mod approval;
mod data_key;
mod destroy;
mod enrolled_anew;
mod enter;
mod forgotten;
mod hold;
mod judge;
mod list;
mod read;
mod read_out;
mod replacement;
mod reveal;

pub use append::{Appended, NewMessage, NewSecret, Told, append};
pub use approval::{Approved, Asked, approve, asked, forget_asked};
pub use data_key::{WrappedKey, Wrapping, count, count_by_wrapping, count_under, under, wrap_anew};
pub use destroy::destroy_due;
pub(crate) use enrolled_anew::{bootstrap_token_ends_in, enrolled_anew_in};
pub use enter::{Entered, Entering, Entry, enter};
pub(crate) use forgotten::{forgotten_in, settle_device_in};
pub use hold::{Hold, Holding, hold};
pub use judge::judge_due;
pub(crate) use judge::{judged_in, standing_in};
pub use list::{KeptLine, Page, find, list};
pub(crate) use read::read_terms_of_device;
pub use read::{KeptSecret, find_secret, history, standing};
pub(crate) use read_out::read_out_in;
pub use replacement::{ReplacementAsked, ask_for_replacement};
pub use reveal::{Asker, Reveal, Revealed, reveal};

use sqlx::AnyConnection;
use trust::escrow::{EscrowKind, Origin, Standing, What};
use trust::id::{DeviceId, EscrowMessageId, OrganizationId};
use trust::time::Timestamp;

use crate::Result;
use crate::actor::Actor;
use crate::audit::{self, NewEntry, Verb};

/// Stands for the device of a Mac that has not enrolled, of which somebody entered something. The audit log names none then.
pub const NO_DEVICE: DeviceId = DeviceId::nil();

/// A device as the audit log names it.
fn audited(device_id: DeviceId) -> Option<DeviceId> {
    (device_id != NO_DEVICE).then_some(device_id)
}

/// Names one line of versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// The organisation.
    pub organization_id: OrganizationId,
    /// The serial number of the Mac.
    pub serial_number: &'a str,
    /// What is kept in it.
    pub kind: EscrowKind,
}

/// A line as a transaction has read it.
#[derive(Debug, Clone, Copy)]
struct Read {
    standing: Standing,
    events: i64,
    device_id: Option<DeviceId>,
}

/// An event that is to be added to a line.
struct NewEvent<'a> {
    what: What,
    version: Option<u32>,
    origin: Option<Origin>,
    at: Timestamp,
    actor: &'a Actor,
    device_id: DeviceId,
    message_id: Option<EscrowMessageId>,
    reason: Option<&'a str>,
}

/// Adds an event to a line, and writes where the line has come to by it. `None`, and nothing is written, when it cannot have
/// happened.
async fn add_in(
    tx: &mut AnyConnection,
    line: Line<'_>,
    read: Read,
    new: &NewEvent<'_>,
) -> Result<Option<Read>> {
    let Some(standing) = read.standing.after(new.what, new.version, new.origin, new.at) else {
        return Ok(None);
    };
    // Who looks at a secret by another device's page, such as that of one which waits for approval, does not make it that one's.
    let is_of = match new.what {
        What::Revealed | What::ReplacementAsked => read.device_id.unwrap_or(new.device_id),
        _ => new.device_id,
    };
    let next = Read {
        standing,
        events: read.events + 1,
        device_id: Some(is_of),
    };
    sqlx::query(
        "INSERT INTO escrow_event (organization_id, serial_number, kind, seq, what, version, origin, at, actor, \
         device_id, message_id, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(line.organization_id.to_string())
    .bind(line.serial_number)
    .bind(line.kind.word())
    .bind(next.events)
    .bind(new.what.word())
    .bind(new.version.map(i64::from))
    .bind(new.origin.map(Origin::word))
    .bind(new.at.as_millis())
    .bind(new.actor.to_string())
    .bind(new.device_id.to_string())
    .bind(new.message_id.map(|id| id.to_string()))
    .bind(new.reason.map(str::to_owned))
    .execute(&mut *tx)
    .await?;
    sqlx::query(
        "INSERT INTO escrow_standing (organization_id, serial_number, kind, device_id, events, state, latest, \
         current_version, proved_at, rotate_after, current_since, forgotten_at, held_since, destroyed) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) \
         ON CONFLICT (organization_id, serial_number, kind) DO UPDATE SET device_id = excluded.device_id, \
         events = excluded.events, state = excluded.state, latest = excluded.latest, \
         current_version = excluded.current_version, proved_at = excluded.proved_at, \
         rotate_after = excluded.rotate_after, current_since = excluded.current_since, \
         forgotten_at = excluded.forgotten_at, held_since = excluded.held_since, destroyed = excluded.destroyed",
    )
    .bind(line.organization_id.to_string())
    .bind(line.serial_number)
    .bind(line.kind.word())
    .bind(is_of.to_string())
    .bind(next.events)
    .bind(standing.state.word())
    .bind(i64::from(standing.latest))
    .bind(standing.current.map(i64::from))
    .bind(standing.proved_at.map(Timestamp::as_millis))
    .bind(standing.rotate_after.map(Timestamp::as_millis))
    .bind(standing.current_since.map(Timestamp::as_millis))
    .bind(standing.forgotten_at.map(Timestamp::as_millis))
    .bind(standing.held_since.map(Timestamp::as_millis))
    .bind(i64::from(standing.destroyed))
    .execute(&mut *tx)
    .await?;
    judge::ask_in(tx, line).await?;
    let entry = NewEntry {
        organization_id: line.organization_id,
        at: new.at,
        actor: new.actor,
        verb: Verb::Escrow(new.what),
        device_id: audited(new.device_id),
        subject: Some(line.kind.word().to_owned()),
        reason: new.reason,
        detail: new.version.map(|version| match new.what {
            What::Destroyed => format!("versions {} to {version}", read.standing.destroyed + 1),
            _ => format!("version {version}"),
        }),
    };
    audit::append(tx, entry).await?;
    Ok(Some(next))
}
