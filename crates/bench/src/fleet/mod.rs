//! Many agents in one process. Each is the agent's own state machine with its own connection, on a simulated Mac in
//! memory; only the journal is in memory as well, so that it outlives [`Fleet::stop`], and not this process.

mod desk;
mod identity;
mod member;
mod memory_journal;
mod progress;
mod simulated_mac;

use std::collections::BTreeMap;
use std::sync::Arc;

use agent::identity::Keys;
use agent::link::{Client, TransportError};
use anyhow::Context as _;
use rand_core::CryptoRng;
use secrecy::SecretString;
use tokio::sync::{Semaphore, mpsc};
use trust::id::DeviceId;

pub(crate) use identity::AGENT_VERSION;
use identity::enrolment;
use member::Member;
pub use progress::{Noted, Progress};
pub use simulated_mac::SimulatedMac;

/// How many agents may be on their way to their first connection at a time.
const CONNECTING: usize = 64;

/// Where the server is.
#[derive(Debug, Clone)]
pub struct ServerAddress {
    /// Such as `https://localhost:8420`.
    pub url: String,
    /// PEM of the certificate authorities that vouch for it. Plain HTTP on loopback needs none.
    pub authorities: Option<String>,
}

/// Agents that are enrolled at one server, running or not.
pub struct Fleet {
    server: ServerAddress,
    members: BTreeMap<DeviceId, Member>,
    connecting: Arc<Semaphore>,
    progress: Option<mpsc::UnboundedSender<Noted>>,
}

impl Fleet {
    /// An empty fleet.
    pub fn new(server: ServerAddress) -> Self {
        Self {
            server,
            members: BTreeMap::new(),
            connecting: Arc::new(Semaphore::new(CONNECTING)),
            progress: None,
        }
    }

    /// What the agents do with actions, from now on. Only agents that are added later tell of it.
    pub fn watch(&mut self) -> mpsc::UnboundedReceiver<Noted> {
        let (sender, receiver) = mpsc::unbounded_channel();
        self.progress = Some(sender);
        receiver
    }

    /// Enrols one more Mac under `name` with an enrolment secret of its own. Its agent does not run yet.
    pub async fn enrol(
        &mut self,
        name: &str,
        mac: Arc<SimulatedMac>,
        secret: &SecretString,
        rng: &mut impl CryptoRng,
    ) -> anyhow::Result<DeviceId> {
        let keys = Keys::generate(rng);
        let hardware = mac.hardware()?;
        let request = enrolment(name, &hardware, &keys, secret);
        let authorities = self.server.authorities.as_deref();
        let enrolled = Client::enroll(&self.server.url, authorities, &request)
            .await
            .with_context(|| format!("enrol {name}"))?;
        self.add(enrolled.device_id, keys, mac)?;
        Ok(enrolled.device_id)
    }

    /// Takes in a Mac that is enrolled already. Its agent does not run yet.
    pub fn add(
        &mut self,
        device: DeviceId,
        keys: Keys,
        mac: Arc<SimulatedMac>,
    ) -> Result<(), TransportError> {
        let member = Member::new(&self.server, device, keys, mac, self.progress.clone())?;
        self.members.insert(device, member);
        Ok(())
    }

    /// Starts every agent that does not run. They connect some at a time.
    pub fn start(&mut self) {
        for member in self.members.values_mut() {
            member.start(&self.connecting);
        }
    }

    /// Starts one agent.
    pub fn start_one(&mut self, device: DeviceId) -> anyhow::Result<()> {
        self.members
            .get_mut(&device)
            .with_context(|| format!("find {device} in the fleet"))?
            .start(&self.connecting);
        Ok(())
    }

    /// Ends every agent once it has done what it is doing on its Mac. What it has journalled it finds again when it is
    /// started.
    pub async fn stop(&mut self) {
        for member in self.members.values_mut() {
            member.stop().await;
        }
    }

    /// How many agents run and have looked in since they were started.
    pub fn connected(&self) -> usize {
        self.members
            .values()
            .filter(|member| member.is_connected())
            .count()
    }

    /// The devices.
    pub fn devices(&self) -> impl Iterator<Item = DeviceId> {
        self.members.keys().copied()
    }

    /// The Mac of a device, with the truth about it.
    pub fn mac(&self, device: DeviceId) -> Option<&SimulatedMac> {
        self.members.get(&device).map(Member::mac)
    }
}
