//! Accepting an action: the row, its sealed secrets, the audit entry and the answer under the caller's key, in one
//! transaction. Once this has answered, the action is delivered or its end is told.

use std::collections::BTreeMap;

use sqlx::AnyConnection;
use trust::action::{ActionState, SecretRole};
use trust::plan::Plan;
use wire::envelope::Envelope;
use wire::seal::{Sealed, SealingPublicKey};

use crate::audit::{self, NewEntry, Verb};
use crate::idempotency::{self, Known, Request};
use crate::row::to_json;
use crate::{Result, Store, device, sealed_secret};

/// An action to be accepted.
#[derive(Debug, Clone)]
pub struct NewAction {
    /// The request that asks for it.
    pub request: Request,
    /// What is asked, of which device, and until when.
    pub envelope: Envelope,
    /// Its secrets, sealed.
    pub secrets: BTreeMap<SecretRole, Sealed>,
    /// The device's key at the time of planning. The action is not accepted when that is no longer the key.
    pub sealing_key: SealingPublicKey,
    /// The plan as the caller saw it.
    pub plan: Plan,
    /// Why, in the caller's words.
    pub reason: Option<String>,
    /// The answer to this request and to its repetitions.
    pub answer: String,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Accepted {
    /// It is queued.
    Queued,
    /// It was accepted before; this was the answer.
    Before(String),
    /// The idempotency key belongs to another request.
    KeyReused,
    /// Another action has this id.
    IdTaken,
    /// The device has another key now, has become pending, or is gone.
    DeviceChanged,
}

/// Accepts an action. Unless the answer is [`Accepted::Queued`], nothing was changed.
pub async fn accept(store: &Store, new: &NewAction) -> Result<Accepted> {
    store.write(new, |tx, new| Box::pin(accept_in(tx, new))).await
}

async fn accept_in(tx: &mut AnyConnection, new: &NewAction) -> Result<Accepted> {
    let envelope = &new.envelope;
    match idempotency::look_up_in(tx, &new.request).await? {
        Known::New => {}
        Known::Same(answer) => return Ok(Accepted::Before(answer.unwrap_or_default())),
        Known::Other => return Ok(Accepted::KeyReused),
    }
    let device = device::find_in(tx, envelope.device_id).await?;
    if !device.is_some_and(|device| !device.pending && device.sealing_key == new.sealing_key) {
        return Ok(Accepted::DeviceChanged);
    }
    if !insert(tx, new).await? {
        return Ok(Accepted::IdTaken);
    }
    sealed_secret::insert_in(tx, envelope, &new.secrets).await?;
    idempotency::keep_in(tx, &new.request, Some(&new.answer)).await?;
    let entry = NewEntry {
        organization_id: envelope.organization_id,
        at: new.request.at,
        actor: &new.request.actor,
        verb: Verb::ActionAccepted,
        device_id: Some(envelope.device_id),
        subject: Some(envelope.id.to_string()),
        reason: new.reason.as_deref(),
        detail: Some(to_json("action", &envelope.action)?),
    };
    audit::append(tx, entry).await?;
    Ok(Accepted::Queued)
}

/// Inserts the action's row; false when there is one of its id.
async fn insert(tx: &mut AnyConnection, new: &NewAction) -> Result<bool> {
    let envelope = &new.envelope;
    let inserted = sqlx::query(
        "INSERT INTO action (organization_id, id, device_id, kind, envelope, plan, state, not_after, created_at, \
         created_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING",
    )
    .bind(envelope.organization_id.to_string())
    .bind(envelope.id.to_string())
    .bind(envelope.device_id.to_string())
    .bind(envelope.action.kind())
    .bind(String::from_utf8_lossy(&envelope.canonical_bytes()).into_owned())
    .bind(to_json("plan", &new.plan)?)
    .bind(ActionState::Queued.word())
    .bind(envelope.not_after.as_millis())
    .bind(new.request.at.as_millis())
    .bind(new.request.actor.to_string())
    .execute(tx)
    .await?;
    Ok(inserted.rows_affected() == 1)
}
