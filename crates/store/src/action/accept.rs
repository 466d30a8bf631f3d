//! Accepting an action: the row, its sealed secrets, the audit entry and the answer under the caller's key, in one
//! transaction. Once this has answered, the action is delivered or its end is told.

use std::collections::BTreeMap;

use sqlx::AnyConnection;
use trust::action::SecretRole;
use trust::plan::Plan;
use trust::time::Timestamp;
use wire::envelope::Envelope;
use wire::seal::{Sealed, SealingPublicKey};

use super::{Inserted, insert_in};
use crate::idempotency::{self, Known, Request};
use crate::{Result, Store, device};

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
    /// It is shown to no agent before this.
    pub not_before: Option<Timestamp>,
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
    let inserted = Inserted {
        envelope,
        secrets: &new.secrets,
        plan: &new.plan,
        not_before: new.not_before,
        membership: None,
        at: new.request.at,
        actor: &new.request.actor,
        reason: new.reason.as_deref(),
    };
    if !insert_in(tx, &inserted).await? {
        return Ok(Accepted::IdTaken);
    }
    idempotency::keep_in(tx, &new.request, Some(&new.answer)).await?;
    Ok(Accepted::Queued)
}
