//! One agent of the fleet.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use agent::clock::SystemClock;
use agent::core::Core;
use agent::identity::Keys;
use agent::link::{Client, Doorbell, TransportError};
use agent::shell::{self, Inbox, Rings, Workplace as _};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinHandle;
use trust::id::{DeviceId, GenericUuid as _};
use wire::seal::SealingPrivateKey;

use super::ServerAddress;
use super::desk::Desk;
use super::identity::AGENT_VERSION;
use super::memory_journal::MemoryJournal;
use super::progress::Noted;
use super::simulated_mac::SimulatedMac;

/// One agent, running or not.
pub(super) struct Member {
    device: Arc<Device>,
    run: Option<Run>,
}

/// What stays of an agent between two runs.
pub(super) struct Device {
    pub id: DeviceId,
    pub mac: Arc<SimulatedMac>,
    pub key: SealingPrivateKey,
    pub journal: MemoryJournal,
    pub progress: Option<mpsc::UnboundedSender<Noted>>,
    client: Client,
}

/// An agent that runs.
struct Run {
    desk: Arc<Desk>,
    connected: Arc<AtomicBool>,
    task: JoinHandle<()>,
}

impl Member {
    pub(super) fn new(
        server: &ServerAddress,
        id: DeviceId,
        keys: Keys,
        mac: Arc<SimulatedMac>,
        progress: Option<mpsc::UnboundedSender<Noted>>,
    ) -> Result<Self, TransportError> {
        let authorities = server.authorities.as_deref();
        let device = Device {
            id,
            mac,
            key: keys.sealing,
            journal: MemoryJournal::default(),
            progress,
            client: Client::new(&server.url, authorities, id, keys.signing, Arc::new(SystemClock))?,
        };
        Ok(Self {
            device: Arc::new(device),
            run: None,
        })
    }

    pub(super) fn mac(&self) -> &SimulatedMac {
        &self.device.mac
    }

    /// Whether it runs and has looked in.
    pub(super) fn is_connected(&self) -> bool {
        self.run
            .as_ref()
            .is_some_and(|run| run.connected.load(Ordering::Relaxed))
    }

    /// Starts the agent. It takes one of the places among those that connect, until it has looked in.
    pub(super) fn start(&mut self, connecting: &Arc<Semaphore>) {
        if self.run.is_none() {
            let desk = Arc::new(Desk::new(Arc::clone(&self.device)));
            let connected = Arc::new(AtomicBool::new(false));
            let work = work(Arc::clone(&desk), Arc::clone(&connected), Arc::clone(connecting));
            self.run = Some(Run {
                desk,
                connected,
                task: tokio::spawn(work),
            });
        }
    }

    /// Ends the agent, once it has done what it is doing on its Mac.
    pub(super) async fn stop(&mut self) {
        let Some(run) = self.run.take() else { return };
        run.task.abort();
        // It ends by being aborted, and the desk by being left: both are what was asked for.
        let _ = run.task.await;
        let _ = tokio::task::spawn_blocking(move || run.desk.leave()).await;
    }
}

async fn work(desk: Arc<Desk>, connected: Arc<AtomicBool>, connecting: Arc<Semaphore>) {
    let place = connecting.acquire().await;
    let device = Arc::clone(desk.device());
    let spread = device.id.into_untyped_uuid().as_u64_pair().1;
    let remembered = device.journal.remembered();
    let core = Core::new(device.id, AGENT_VERSION, remembered, spread, desk.now());
    let ((_, logins), (_, asked)) = (mpsc::channel(1), mpsc::channel(1));
    let inbox = Inbox {
        rings: Connecting {
            doorbell: Doorbell::new(device.client.clone(), spread),
            place: Some(place),
            connected,
        },
        logins,
        asked,
    };
    // It ends when the desk has been left.
    let _ = shell::run(core, desk, device.client.clone(), inbox).await;
}

/// Notes that the agent has nothing more to say for now: it has looked in, and waits.
struct Connecting<P> {
    doorbell: Doorbell,
    place: Option<P>,
    connected: Arc<AtomicBool>,
}

impl<P: Send> Rings for Connecting<P> {
    async fn rung(&mut self, within: Duration) -> bool {
        self.place = None;
        self.connected.store(true, Ordering::Relaxed);
        self.doorbell.rung(within).await
    }
}
