//! The agent tells how an action ended.

use sqlx::AnyConnection;
use trust::id::{ActionId, DeviceId};
use trust::outcome::Outcome;
use trust::time::Timestamp;

use super::end::{End, OPEN, end_in};
use super::{Action, adoption, find_in};
use crate::actor::Actor;
use crate::observation::{self, NewObservation};
use crate::{Result, Store, trust_edge};

/// A report as it came.
#[derive(Debug, Clone)]
pub struct NewReport<'a> {
    /// Whose agent reports.
    pub device_id: DeviceId,
    /// What it reports on.
    pub action_id: ActionId,
    /// How it ended.
    pub outcome: &'a Outcome,
    /// What the Mac looks like now, when that is not what is kept already.
    pub observation: Option<NewObservation<'a>>,
    /// When the report came.
    pub at: Timestamp,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reported {
    /// The action has ended with this.
    Ended(Box<Action>),
    /// This report came before.
    Before,
    /// The action had ended otherwise; nothing was changed.
    EndedOtherwise(Box<Action>),
    /// The device has no such action.
    NotFound,
}

/// Ends an action as its agent reports. An end that handed a token on adds its one trust edge, whatever
/// else came of it: the account may hold a token although a later part of the action failed. An account that was taken over
/// for a person is that person's from then on. The observation is kept together with it, so that nobody sees an action that has ended on a Mac as it was before.
///
/// An action that is not marked as begun ends as well: the Mac knows best what has happened on it, and after a restore
/// the server may know less than it did.
pub async fn report(store: &Store, new: &NewReport<'_>) -> Result<Reported> {
    store.write(new, |tx, new| Box::pin(report_in(tx, new))).await
}

async fn report_in(tx: &mut AnyConnection, new: &NewReport<'_>) -> Result<Reported> {
    let found = find_in(tx, new.action_id).await?;
    let Some(action) = found.filter(|action| action.envelope.device_id == new.device_id) else {
        return Ok(Reported::NotFound);
    };
    if let Some(observation) = &new.observation {
        observation::save_in(tx, observation).await?;
    }
    let state = new.outcome.state();
    let end = End {
        id: new.action_id,
        state,
        code: new.outcome.code,
        outcome: Some(new.outcome),
        at: new.at,
        actor: &Actor::Device(new.device_id),
    };
    let Some(ended) = end_in(tx, OPEN, &end).await? else {
        return Ok(if action.outcome.as_ref() == Some(new.outcome) {
            Reported::Before
        } else {
            Reported::EndedOtherwise(Box::new(action))
        });
    };
    if let Some(edge) = &new.outcome.edge {
        trust_edge::insert_in(tx, &ended.envelope, edge).await?;
    }
    adoption::bind_in(tx, &ended, new.outcome.code, new.at).await?;
    Ok(Reported::Ended(Box::new(ended)))
}
