//! How an action ends: its state, code and time, the end of its secrets, and the audit entry, in one transaction.

use sqlx::AnyConnection;
use trust::action::ActionState;
use trust::code::Code;
use trust::id::{ActionId, DeviceId};
use trust::outcome::Outcome;
use trust::time::Timestamp;

use super::{Changed, find_in};
use crate::actor::Actor;
use crate::audit::{self, NewEntry, Verb};
use crate::row::{Row, to_json};
use crate::{Result, sealed_secret};

/// Ends what no agent has begun.
pub(crate) const WAITING: &str = "UPDATE action SET state = $2, code = $3, outcome = $4, finished_at = $5, held = 0 \
     WHERE id = $1 AND state IN ('queued', 'offered')";

/// Ends what an agent has begun.
pub(super) const RUNNING: &str = "UPDATE action SET state = $2, code = $3, outcome = $4, finished_at = $5, held = 0 \
     WHERE id = $1 AND state = 'running'";

/// Ends what has not ended.
pub(super) const OPEN: &str = "UPDATE action SET state = $2, code = $3, outcome = $4, finished_at = $5, held = 0 \
     WHERE id = $1 AND state IN ('queued', 'offered', 'running')";

/// The end of an action.
pub(crate) struct End<'a> {
    pub id: ActionId,
    pub state: ActionState,
    pub code: Code,
    pub outcome: Option<&'a Outcome>,
    pub at: Timestamp,
    pub actor: &'a Actor,
}

/// Ends an action that is in one of the states of `from`: [`WAITING`], [`RUNNING`] or [`OPEN`]. Answers `None`, and
/// changes nothing, when it is in another one.
pub(crate) async fn end_in(
    tx: &mut AnyConnection,
    from: &'static str,
    end: &End<'_>,
) -> Result<Option<super::Action>> {
    let outcome = end
        .outcome
        .map(|outcome| to_json("outcome", outcome))
        .transpose()?;
    let ended = sqlx::query(from)
        .bind(end.id.to_string())
        .bind(end.state.word())
        .bind(end.code.word())
        .bind(outcome)
        .bind(end.at.as_millis())
        .execute(&mut *tx)
        .await?;
    if ended.rows_affected() == 0 {
        return Ok(None);
    }
    sealed_secret::destroy_in(tx, end.id).await?;
    let Some(action) = find_in(tx, end.id).await? else {
        return Ok(None);
    };
    let entry = NewEntry {
        organization_id: action.envelope.organization_id,
        at: end.at,
        actor: end.actor,
        verb: verb(end.state),
        device_id: Some(action.envelope.device_id),
        subject: Some(end.id.to_string()),
        reason: None,
        detail: Some(end.code.word().to_owned()),
    };
    audit::append(tx, entry).await?;
    Ok(Some(action))
}

/// Ends the waiting actions of a device that has got another key: their secrets are sealed to the old one.
pub(crate) async fn end_stale_in(
    tx: &mut AnyConnection,
    device_id: DeviceId,
    at: Timestamp,
) -> Result<Vec<Changed>> {
    // The index of a device's open actions is found by the three states, as it names them.
    let waiting = "SELECT id FROM action WHERE device_id = $1 AND state IN ('queued', 'offered', 'running') \
         AND state <> 'running'";
    end_each_in(tx, waiting, WAITING, device_id, Code::CredentialStale, at).await
}

/// Ends the actions that the agent of a device has begun, and that nobody can tell the end of any more: another device has
/// taken its place.
pub(crate) async fn end_replaced_in(
    tx: &mut AnyConnection,
    device_id: DeviceId,
    at: Timestamp,
) -> Result<Vec<Changed>> {
    let running = "SELECT id FROM action WHERE device_id = $1 AND state IN ('queued', 'offered', 'running') \
         AND state = 'running'";
    end_each_in(tx, running, RUNNING, device_id, Code::DeviceReplaced, at).await
}

/// Ends every action of a device that is forgotten.
pub(crate) async fn end_forgotten_in(
    tx: &mut AnyConnection,
    device_id: DeviceId,
    at: Timestamp,
) -> Result<Vec<Changed>> {
    let open = "SELECT id FROM action WHERE device_id = $1 AND state IN ('queued', 'offered', 'running')";
    end_each_in(tx, open, OPEN, device_id, Code::DeviceForgotten, at).await
}

/// Ends the actions of a device that `found` finds and that are in one of the states of `from`, as failed with this code.
async fn end_each_in(
    tx: &mut AnyConnection,
    found: &'static str,
    from: &'static str,
    device_id: DeviceId,
    code: Code,
    at: Timestamp,
) -> Result<Vec<Changed>> {
    let rows = sqlx::query(found)
        .bind(device_id.to_string())
        .fetch_all(&mut *tx)
        .await?;
    let mut ended = Vec::new();
    for row in &rows {
        let end = End {
            id: Row::new("action", row).id("id")?,
            state: ActionState::Failed,
            code,
            outcome: None,
            at,
            actor: &Actor::Server,
        };
        ended.extend(end_in(tx, from, &end).await?.map(|action| action.changed()));
    }
    Ok(ended)
}

fn verb(state: ActionState) -> Verb {
    match state {
        ActionState::Succeeded => Verb::ActionSucceeded,
        ActionState::Refused => Verb::ActionRefused,
        ActionState::Expired => Verb::ActionExpired,
        ActionState::Cancelled => Verb::ActionCancelled,
        ActionState::Failed | ActionState::Queued | ActionState::Offered | ActionState::Running => {
            Verb::ActionFailed
        }
    }
}
