//! The devices of a run that is being prepared, chunk by chunk, each with its held action or with what it lacks for one.

use std::collections::BTreeMap;

use sqlx::AnyConnection;
use trust::action::SecretRole;
use trust::bulk::{Readiness, RunState};
use trust::code::Code;
use trust::id::{BulkRunId, DeviceId};
use trust::plan::Plan;
use trust::time::Timestamp;
use wire::envelope::Envelope;
use wire::seal::{Sealed, SealingPublicKey};

use super::stop::take_back_and_stop;
use super::{BEHIND, BulkRun, Told, lock, note};
use crate::action::{Inserted, Membership, insert_in};
use crate::actor::Actor;
use crate::audit::Verb;
use crate::{Result, Store, bulk_member, device};

/// Some devices of a run.
#[derive(Debug, Clone)]
pub struct Chunk {
    /// The run.
    pub bulk_run_id: BulkRunId,
    /// Who asked for it.
    pub actor: Actor,
    /// When.
    pub at: Timestamp,
    /// The devices.
    pub members: Vec<NewMember>,
}

/// A device of a run.
#[derive(Debug, Clone)]
pub struct NewMember {
    /// Its place in the run: no other device has it.
    pub place: u64,
    /// The device.
    pub device_id: DeviceId,
    /// What it lacks.
    pub readiness: Readiness,
    /// Why it gets no action.
    pub code: Option<Code>,
    /// What more there is to tell about that; never a secret.
    pub detail: Option<String>,
    /// Its action, when it is ready.
    pub action: Option<NewMemberAction>,
}

/// The action that a device of a run gets.
#[derive(Debug, Clone)]
pub struct NewMemberAction {
    /// What is asked, and until when.
    pub envelope: Envelope,
    /// Its secrets, sealed.
    pub secrets: BTreeMap<SecretRole, Sealed>,
    /// The device's key at the time of planning.
    pub sealing_key: SealingPublicKey,
    /// The plan.
    pub plan: Plan,
    /// Whether the device is connected: those that are go first.
    pub is_there: bool,
}

/// What came of a chunk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChunkAdded {
    /// The devices are in the run, but for these, which have another key now, have become pending, or are gone.
    But(Vec<DeviceId>),
    /// The run is no longer being prepared. Nothing was changed.
    NotPreparing,
}

/// Adds devices to a run. One that is in it already is left as it is.
pub async fn add_members(store: &Store, chunk: &Chunk) -> Result<ChunkAdded> {
    store.write(chunk, |tx, chunk| Box::pin(add_in(tx, chunk))).await
}

async fn add_in(tx: &mut AnyConnection, chunk: &Chunk) -> Result<ChunkAdded> {
    let run = lock(tx, chunk.bulk_run_id).await?;
    let Some(run) = run.filter(|run| run.state == RunState::Preparing) else {
        return Ok(ChunkAdded::NotPreparing);
    };
    let mut changed = Vec::new();
    for member in &chunk.members {
        if bulk_member::is_in(tx, run.id, member.device_id).await? {
            continue;
        }
        let Some(device) = device::find_in(tx, member.device_id).await? else {
            changed.push(member.device_id);
            continue;
        };
        let Some(action) = &member.action else {
            bulk_member::insert_in(tx, &run, member).await?;
            continue;
        };
        if !device.pending && device.sealing_key == action.sealing_key {
            insert_action(tx, &run, chunk, member.place, action).await?;
            bulk_member::insert_in(tx, &run, member).await?;
        } else {
            changed.push(member.device_id);
        }
    }
    Ok(ChunkAdded::But(changed))
}

async fn insert_action(
    tx: &mut AnyConnection,
    run: &BulkRun,
    chunk: &Chunk,
    place: u64,
    action: &NewMemberAction,
) -> Result<()> {
    let behind = if action.is_there { 0 } else { BEHIND };
    let new = Inserted {
        envelope: &action.envelope,
        secrets: &action.secrets,
        plan: &action.plan,
        not_before: run.not_before,
        membership: Some(Membership {
            bulk_run_id: run.id,
            turn: i64::try_from(place).unwrap_or(i64::MAX).saturating_add(behind),
        }),
        at: chunk.at,
        actor: &chunk.actor,
        reason: run.reason.as_deref(),
    };
    insert_in(tx, &new).await?;
    Ok(())
}

/// Lets a run begin whose devices are all in it; its canary has `canary_size`. With a code to `halt` by it is stopped before
/// anything is released, until somebody continues it. Answers whether it was being prepared.
pub async fn ready(
    store: &Store,
    id: BulkRunId,
    canary_size: u64,
    halt: Option<Code>,
    at: Timestamp,
) -> Result<bool> {
    store
        .write(&(id, canary_size, halt, at), |tx, (id, canary_size, halt, at)| {
            Box::pin(ready_in(tx, *id, *canary_size, *halt, *at))
        })
        .await
}

async fn ready_in(
    tx: &mut AnyConnection,
    id: BulkRunId,
    canary_size: u64,
    halt: Option<Code>,
    at: Timestamp,
) -> Result<bool> {
    let begun = sqlx::query(
        "UPDATE bulk_run SET state = 'running', canary_size = $2, ready_at = $3 WHERE id = $1 AND state = 'preparing'",
    )
    .bind(id.to_string())
    .bind(i64::try_from(canary_size).unwrap_or(i64::MAX))
    .bind(at.as_millis())
    .execute(&mut *tx)
    .await?;
    if begun.rows_affected() == 0 {
        return Ok(false);
    }
    if let Some(run) = lock(tx, id).await? {
        let told = Told {
            verb: Verb::BulkRunReady,
            actor: &Actor::Server,
            at,
            reason: None,
            detail: None,
        };
        note(tx, &run, told).await?;
        if let Some(code) = halt {
            take_back_and_stop(tx, &run, (code, &Actor::Server, None), at).await?;
        }
    }
    Ok(true)
}
