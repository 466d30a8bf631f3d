//! Actions, from acceptance to their end.
//!
//! ```text
//! queued ──► offered ──► running ──► succeeded | failed | refused
//!    └──────────┴─► expired | cancelled | failed (credential_stale)
//! ```
//!
//! Each arrow is one conditional `UPDATE`; whoever comes second finds the condition no longer true and is told what is
//! so. An end destroys the sealed secrets in the same transaction.
//!
//! A queued action is shown to no agent before its `not_before`, nor while it is *held* by its bulk run, which releases it
//! and may take it back as long as it is queued.

mod accept;
mod adoption;
mod cancel;
mod end;
mod expire;
mod insert;
mod list;
mod lost;
mod offer;
mod open;
mod opening;
mod report;
mod start;

pub use accept::{Accepted, NewAction, accept};
pub use cancel::{Cancelled, cancel};
pub(crate) use end::{End, WAITING, end_forgotten_in, end_in, end_replaced_in, end_stale_in};
pub use expire::expire_due;
pub(crate) use insert::{Inserted, Membership, insert_in};
pub use list::{Filter, list};
pub use lost::end_lost;
pub use offer::{Offers, offers};
pub use open::{Open, open, open_already};
pub use opening::opened;
pub use report::{NewReport, Reported, report};
pub use start::{Started, start};

use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use trust::action::ActionState;
use trust::code::Code;
use trust::id::{ActionId, BulkRunId, DeviceId, OrganizationId};
use trust::outcome::Outcome;
use trust::plan::Plan;
use trust::time::Timestamp;
use wire::envelope::Envelope;

use crate::row::Row;
use crate::{Result, Store};

/// One action as it stands, without its secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// What is asked, of which device, and until when.
    pub envelope: Envelope,
    /// The device's name.
    pub device_name: String,
    /// The plan as it was accepted.
    pub plan: Plan,
    /// Where it stands.
    pub state: ActionState,
    /// How it ended.
    pub code: Option<Code>,
    /// How it ended, as the agent told it.
    pub outcome: Option<Outcome>,
    /// The bulk run that it belongs to.
    pub bulk_run_id: Option<BulkRunId>,
    /// Whether its bulk run holds it back.
    pub held: bool,
    /// It is shown to no agent before this.
    pub not_before: Option<Timestamp>,
    /// When it was accepted.
    pub created_at: Timestamp,
    /// Who asked: an [`Actor`](crate::actor::Actor) as text.
    pub created_by: String,
    /// When it was first shown to the device's agent.
    pub offered_at: Option<Timestamp>,
    /// When the agent began.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
}

/// An action of which something has changed: enough to tell those who watch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Changed {
    /// Its organisation.
    pub organization_id: OrganizationId,
    /// Its device.
    pub device_id: DeviceId,
    /// Its id.
    pub id: ActionId,
    /// Where it stands now.
    pub state: ActionState,
    /// The bulk run that it belongs to.
    pub bulk_run_id: Option<BulkRunId>,
}

impl Action {
    /// The action as those who watch are told of it.
    pub fn changed(&self) -> Changed {
        Changed {
            organization_id: self.envelope.organization_id,
            device_id: self.envelope.device_id,
            id: self.envelope.id,
            state: self.state,
            bulk_run_id: self.bulk_run_id,
        }
    }
}

/// The action of this id in the organisation.
pub async fn find(store: &Store, organization_id: OrganizationId, id: ActionId) -> Result<Option<Action>> {
    let mut reader = store.readers().acquire().await?;
    let found = find_in(&mut reader, id).await?;
    Ok(found.filter(|action| action.envelope.organization_id == organization_id))
}

async fn find_in(connection: &mut AnyConnection, id: ActionId) -> Result<Option<Action>> {
    let row = sqlx::query(
        "SELECT action.*, device.name AS device_name FROM action JOIN device ON device.id = action.device_id \
         WHERE action.id = $1",
    )
    .bind(id.to_string())
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(read).transpose()
}

fn read(row: &AnyRow) -> Result<Action> {
    let row = Row::new("action", row);
    Ok(Action {
        envelope: row.json("envelope")?,
        device_name: row.text("device_name")?,
        plan: row.json("plan")?,
        state: row.word("state", ActionState::from_word)?,
        code: row.optional_word("code", Code::from_word)?,
        outcome: row.optional_json("outcome")?,
        bulk_run_id: row.optional_id("bulk_run_id")?,
        held: row.flag("held")?,
        not_before: row.optional_time("not_before")?,
        created_at: row.time("created_at")?,
        created_by: row.text("created_by")?,
        offered_at: row.optional_time("offered_at")?,
        started_at: row.optional_time("started_at")?,
        finished_at: row.optional_time("finished_at")?,
    })
}
