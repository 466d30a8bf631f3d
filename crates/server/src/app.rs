//! What every request shares.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use store::Store;
use store::action::Changed;
use store::device::{Calling, Device};
use tokio::sync::watch;
use trust::id::DeviceId;
use trust::time::Timestamp;

use crate::audit::AuditSigner;
use crate::bell::Bell;
use crate::bulk_actions::job::Runs;
use crate::bulk_actions::plan::Plans;
use crate::clock::Clock;
use crate::config::DeviceManagement;
use crate::entropy::Entropy;
use crate::events::Events;
use crate::presence::Presence;
use crate::sign_in::{Guessing, Passwords};
use crate::vault::{DataKeys, EscrowCertificate, EscrowKeys, Vault};

/// The application, as handlers get it.
pub(crate) type SharedApp = Arc<App>;

/// What every request shares.
pub(crate) struct App {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub entropy: Entropy,
    pub bell: Bell,
    pub events: Events,
    /// Bulk runs of which something has changed.
    pub runs: Runs,
    /// Plans of bulk runs, kept for who asked for them.
    pub plans: Plans,
    pub presence: Presence,
    /// Keeps what was collected for Macs that have no key yet.
    pub vault: Vault,
    /// Encrypt what is escrowed.
    pub escrow_keys: Box<dyn DataKeys>,
    /// What macOS encrypts recovery keys to.
    pub escrow_certificate: EscrowCertificate,
    /// Signs where the audit log stands.
    pub audit_signer: AuditSigner,
    pub passwords: Passwords,
    /// Wrong passwords of people who sign in.
    pub guessing: Guessing,
    pub settings: Settings,
    /// Turns true when the server shuts down, so that streams end.
    pub closing: watch::Sender<bool>,
}

/// What of the configuration requests need.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub check_in_every: Duration,
    pub outcome_lost_after: Duration,
    pub secure_cookies: bool,
    /// Whether every request comes from something in front of the server, which says from whom it has it.
    pub behind_proxy: bool,
    pub secrets_wait_for: Duration,
    /// How Macs reach the server as their device management.
    pub device_management: Option<DeviceManagement>,
}

impl App {
    pub(crate) fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        entropy: Entropy,
        vault: Vault,
        (escrow_keys, escrow_certificate): (EscrowKeys, EscrowCertificate),
        audit_signer: AuditSigner,
        settings: Settings,
    ) -> Self {
        Self {
            bell: Bell::new(clock.now()),
            store,
            clock,
            entropy,
            events: Events::default(),
            runs: Runs::default(),
            plans: Plans::default(),
            presence: Presence::default(),
            vault,
            escrow_keys: Box::new(escrow_keys),
            escrow_certificate,
            audit_signer,
            passwords: Passwords::default(),
            guessing: Guessing::default(),
            settings,
            closing: watch::Sender::new(false),
        }
    }

    /// Now.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// When the device was last heard of, in memory or as far as it was written.
    pub(crate) fn last_seen(&self, device: &Device) -> Option<Timestamp> {
        self.presence.last_seen(device.id).max(device.last_seen_at)
    }

    /// Whether the device is connected: it waits for a ring, or has looked in within two check-ins and did not leave since.
    pub(crate) fn is_online(&self, device: &Device) -> bool {
        self.is_there(device.id, device.last_seen_at)
    }

    /// The same of a device that was last heard of then, as far as that was written.
    fn is_there(&self, id: DeviceId, written: Option<Timestamp>) -> bool {
        let lately = self.settings.check_in_every * 2;
        let heard = self.presence.last_seen(id).max(written);
        self.bell.is_heard(id)
            || !self.presence.has_left(id) && heard.is_some_and(|at| self.now().since(at) <= lately)
    }

    /// Tells those who watch that an action has got another state, and the bulk run that it belongs to.
    pub(crate) fn action_changed(&self, changed: Changed) {
        self.events.action(changed);
        if let Some(run) = changed.bulk_run_id {
            self.runs.wake(run);
        }
    }

    /// Notes that the device was heard of; tells those who watch when it was offline.
    pub(crate) fn heard_of(&self, device: &Calling) {
        let was_online = self.is_there(device.id, device.last_seen_at);
        self.presence.seen(device.id, self.now());
        if !was_online {
            self.events.device(device.organization_id, device.id);
        }
    }

    /// Is done when the server shuts down, so that what has no end of its own ends.
    pub(crate) fn closed(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut closing = self.closing.subscribe();
        async move {
            // A sender that is gone closes as well.
            let _ = closing.wait_for(|closing| *closing).await;
        }
    }
}
