//! Telling those who watch that something has changed. An event names the thing; what it looks like now is fetched.

pub(crate) mod stream;

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
pub(crate) struct Events(broadcast::Sender<Event>);

impl Default for Events {
    fn default() -> Self {
        Self(broadcast::Sender::new(BACKLOG))
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
        self.0.subscribe()
    }

    fn send(&self, organization_id: OrganizationId, what: What) {
        // Nobody watching is no failure.
        let _ = self.0.send(Event {
            organization_id,
            what,
        });
    }
}
