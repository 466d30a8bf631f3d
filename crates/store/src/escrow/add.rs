//! What is written when something happens to a line.

use sqlx::AnyConnection;
use trust::escrow::{Origin, What};
use trust::time::Timestamp;

use super::{Line, NewEvent, Read, audited, judge};
use crate::Result;
use crate::audit::{self, NewEntry, Verb};

/// Adds an event to a line, and writes where the line has come to by it. `None`, and nothing is written, when it cannot have
/// happened.
pub(super) async fn add_in(
    tx: &mut AnyConnection,
    line: Line<'_>,
    read: Read,
    new: &NewEvent<'_>,
) -> Result<Option<Read>> {
    add_all_in(tx, line, read, std::slice::from_ref(new)).await
}

/// Adds events to a line, one after the other, and writes where the line has come to by all of them. `None`, and nothing is written,
/// when one of them cannot have happened.
pub(super) async fn add_all_in(
    tx: &mut AnyConnection,
    line: Line<'_>,
    read: Read,
    new: &[NewEvent<'_>],
) -> Result<Option<Read>> {
    let mut comes_to = Vec::with_capacity(new.len());
    let mut last = read;
    for event in new {
        let Some(next) = last.after(event) else {
            return Ok(None);
        };
        comes_to.push(next);
        last = next;
    }
    let mut before = read;
    for (event, next) in new.iter().zip(comes_to) {
        insert_event_in(tx, line, next.events, event).await?;
        tell_in(tx, line, before, event).await?;
        before = next;
    }
    write_standing_in(tx, line, last).await?;
    judge::ask_in(tx, line).await?;
    Ok(Some(last))
}

impl Read {
    /// The line after an event; `None` when that cannot have happened.
    fn after(self, new: &NewEvent<'_>) -> Option<Self> {
        // Who looks at a secret by another device's page, such as that of one which waits for approval, does not make it that one's.
        let is_of = match new.what {
            What::Revealed | What::ReplacementAsked => self.device_id.unwrap_or(new.device_id),
            _ => new.device_id,
        };
        Some(Self {
            standing: self.standing.after(new.what, new.version, new.origin, new.at)?,
            events: self.events + 1,
            device_id: Some(is_of),
        })
    }
}

async fn insert_event_in(tx: &mut AnyConnection, line: Line<'_>, seq: i64, new: &NewEvent<'_>) -> Result<()> {
    sqlx::query(
        "INSERT INTO escrow_event (organization_id, serial_number, kind, seq, what, version, origin, at, actor, \
         device_id, message_id, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(line.organization_id.to_string())
    .bind(line.serial_number)
    .bind(line.kind.word())
    .bind(seq)
    .bind(new.what.word())
    .bind(new.version.map(i64::from))
    .bind(new.origin.map(Origin::word))
    .bind(new.at.as_millis())
    .bind(new.actor.to_string())
    .bind(new.device_id.to_string())
    .bind(new.message_id.map(|id| id.to_string()))
    .bind(new.reason.map(str::to_owned))
    .execute(tx)
    .await?;
    Ok(())
}

async fn write_standing_in(tx: &mut AnyConnection, line: Line<'_>, read: Read) -> Result<()> {
    let standing = read.standing;
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
    .bind(read.device_id.map(|id| id.to_string()))
    .bind(read.events)
    .bind(standing.state.word())
    .bind(i64::from(standing.latest))
    .bind(standing.current.map(i64::from))
    .bind(standing.proved_at.map(Timestamp::as_millis))
    .bind(standing.rotate_after.map(Timestamp::as_millis))
    .bind(standing.current_since.map(Timestamp::as_millis))
    .bind(standing.forgotten_at.map(Timestamp::as_millis))
    .bind(standing.held_since.map(Timestamp::as_millis))
    .bind(i64::from(standing.destroyed))
    .execute(tx)
    .await?;
    Ok(())
}

/// Tells the audit log of an event, before which the line was as it was read.
async fn tell_in(tx: &mut AnyConnection, line: Line<'_>, before: Read, new: &NewEvent<'_>) -> Result<()> {
    let entry = NewEntry {
        organization_id: line.organization_id,
        at: new.at,
        actor: new.actor,
        verb: Verb::Escrow(new.what),
        device_id: audited(new.device_id),
        subject: Some(line.kind.word().to_owned()),
        reason: new.reason,
        detail: Some(match (new.version, new.what) {
            (Some(version), What::Destroyed) => {
                let first = before.standing.destroyed + 1;
                format!("versions {first} to {version} of {}", line.serial_number)
            }
            (Some(version), _) => format!("version {version} of {}", line.serial_number),
            // The Mac may be forgotten, or never have been a device.
            (None, _) => format!("of {}", line.serial_number),
        }),
    };
    audit::append(tx, entry).await
}
