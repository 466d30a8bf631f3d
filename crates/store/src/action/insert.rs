//! The rows of a new action: its own, its sealed secrets and its audit entry.

use std::collections::BTreeMap;

use sqlx::AnyConnection;
use trust::action::{ActionState, SecretRole};
use trust::id::BulkRunId;
use trust::plan::Plan;
use trust::time::Timestamp;
use wire::envelope::Envelope;
use wire::seal::Sealed;

use crate::actor::Actor;
use crate::audit::{self, NewEntry, Verb};
use crate::row::to_json;
use crate::{Result, sealed_secret};

/// A new action, whichever way it came.
pub(crate) struct Inserted<'a> {
    pub envelope: &'a Envelope,
    pub secrets: &'a BTreeMap<SecretRole, Sealed>,
    pub plan: &'a Plan,
    pub not_before: Option<Timestamp>,
    /// Its place in a bulk run, which holds it.
    pub membership: Option<Membership>,
    pub at: Timestamp,
    pub actor: &'a Actor,
    pub reason: Option<&'a str>,
}

/// The place of an action in a bulk run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Membership {
    pub bulk_run_id: BulkRunId,
    /// Those with lower numbers are released first.
    pub turn: i64,
}

/// Inserts the action, unless there is one of its id already: false then, and nothing was changed.
pub(crate) async fn insert_in(tx: &mut AnyConnection, new: &Inserted<'_>) -> Result<bool> {
    if !insert_row(tx, new).await? {
        return Ok(false);
    }
    let envelope = new.envelope;
    sealed_secret::insert_in(tx, envelope, new.secrets).await?;
    let entry = NewEntry {
        organization_id: envelope.organization_id,
        at: new.at,
        actor: new.actor,
        verb: Verb::ActionAccepted,
        device_id: Some(envelope.device_id),
        subject: Some(envelope.id.to_string()),
        reason: new.reason,
        detail: Some(to_json("action", &envelope.action)?),
    };
    audit::append(tx, entry).await?;
    Ok(true)
}

async fn insert_row(tx: &mut AnyConnection, new: &Inserted<'_>) -> Result<bool> {
    let envelope = new.envelope;
    let inserted = sqlx::query(
        "INSERT INTO action (organization_id, id, device_id, kind, envelope, plan, state, not_after, created_at, \
         created_by, not_before, bulk_run_id, held, turn) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT (id) DO NOTHING",
    )
    .bind(envelope.organization_id.to_string())
    .bind(envelope.id.to_string())
    .bind(envelope.device_id.to_string())
    .bind(envelope.action.kind())
    .bind(String::from_utf8_lossy(&envelope.canonical_bytes()).into_owned())
    .bind(to_json("plan", new.plan)?)
    .bind(ActionState::Queued.word())
    .bind(envelope.not_after.as_millis())
    .bind(new.at.as_millis())
    .bind(new.actor.to_string())
    .bind(new.not_before.map(Timestamp::as_millis))
    .bind(new.membership.map(|membership| membership.bulk_run_id.to_string()))
    .bind(i64::from(new.membership.is_some()))
    .bind(new.membership.map_or(0, |membership| membership.turn))
    .execute(tx)
    .await?;
    Ok(inserted.rows_affected() == 1)
}
