//! Telling those who watch that something has changed. An event names the thing; what it looks like now is fetched.

pub(crate) mod stream;

use std::sync::Arc;

use store::action::Changed;
use store::bulk_run::BulkRun;
use tokio::sync::broadcast;
use trust::action::ActionState;
use trust::id::{ActionId, BulkRunId, DeviceId, OrganizationId};

/// How many events a slow watcher may lag behind before it is told to look at everything anew.
const BACKLOG: usize = 1024;

/// Something that has changed in an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Event {
    pub organization_id: OrganizationId,
    pub what: What,
}

/// What has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    Device(DeviceId),
    Action(ActionId, ActionState),
    Bulk(BulkRunId),
}

/// Tells those who watch.
#[derive(Debug)]
pub(crate) struct Events {
    changes: broadcast::Sender<Event>,
    /// Hashes of sessions that have ended.
    ended_sessions: broadcast::Sender<Arc<str>>,
}

impl Default for Events {
    fn default() -> Self {
        Self {
            changes: broadcast::Sender::new(BACKLOG),
            ended_sessions: broadcast::Sender::new(BACKLOG),
        }
    }
}

impl Events {
    /// Tells that a device has changed: what was observed, whether it is connected, whether it is approved.
    pub(crate) fn device(&self, organization_id: OrganizationId, id: DeviceId) {
        self.send(organization_id, What::Device(id));
    }

    /// Tells that an action has got another state.
    pub(crate) fn action(&self, changed: Changed) {
        self.send(changed.organization_id, What::Action(changed.id, changed.state));
    }

    /// Tells that a bulk run has changed: its state, or how far it has come.
    pub(crate) fn bulk(&self, run: &BulkRun) {
        self.bulk_of(run.organization_id, run.id);
    }

    /// The same by its id.
    pub(crate) fn bulk_of(&self, organization_id: OrganizationId, id: BulkRunId) {
        self.send(organization_id, What::Bulk(id));
    }

    /// Watches from now on.
    pub(crate) fn watch(&self) -> broadcast::Receiver<Event> {
        self.changes.subscribe()
    }

    /// Tells that the session of this hash has ended: whoever watches by it watches no more.
    pub(crate) fn session_ended(&self, hash: &str) {
        let _ = self.ended_sessions.send(Arc::from(hash));
    }

    /// Waits until the session of this hash ends. Ends as well when that may have been missed: who watches on asks again,
    /// and is asked who he is.
    pub(crate) fn end_of_session(&self, hash: String) -> impl Future<Output = ()> + Send + use<> {
        let mut ended = self.ended_sessions.subscribe();
        async move {
            while let Ok(other) = ended.recv().await {
                if *other == *hash {
                    return;
                }
            }
        }
    }

    fn send(&self, organization_id: OrganizationId, what: What) {
        // Nobody watching is no failure.
        let _ = self.changes.send(Event {
            organization_id,
            what,
        });
    }
}
