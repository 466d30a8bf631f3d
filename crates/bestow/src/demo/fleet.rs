//! The simulated Macs with their agents.

use std::path::PathBuf;

use anyhow::{Context as _, anyhow};
use macsim::MacHome;
use macsim::model::clock::UnixMillis;
use macsim::scenario::{Account, Role, Situation};
use rand_core::Rng as _;
use secrecy::SecretString;

use super::agent_process::{AgentPlace, AgentProcess};
use super::folder::{Folder, own_program};
use crate::client::{Client, Watch};
use crate::demo_file::{DemoAccount, DemoDevice};
use crate::edge;
use crate::exit::Failure;

/// The Macs have been in use for an hour: a Mac that was started only now would seem to have handed on before it was up.
const IN_USE_FOR_MS: i64 = 3_600_000;

/// The Macs, and the agents that run on them.
#[derive(Debug)]
pub struct Fleet {
    program: PathBuf,
    macs: Vec<DemoMac>,
}

/// One simulated Mac.
#[derive(Debug)]
pub struct DemoMac {
    /// What is known of it outside.
    pub device: DemoDevice,
    agent: Option<AgentProcess>,
}

impl Fleet {
    /// Makes a Mac for each of `wanted` and enrols it at the server that `client` speaks to.
    pub async fn make(
        folder: &Folder,
        wanted: &[(Situation, String)],
        client: &Client,
    ) -> Result<Self, Failure> {
        let mut fleet = Self {
            program: folder.agent(),
            macs: Vec::new(),
        };
        let seed = edge::rng().next_u64();
        let own_program = own_program()?;
        for (offset, (situation, name)) in (0..).zip(wanted) {
            let history_begins = edge::now().as_millis() - IN_USE_FOR_MS;
            let made = situation.mac(seed.wrapping_add(offset), UnixMillis(history_begins));
            let directory = folder.mac(name);
            MacHome::create(&directory, &made.mac, &own_program)
                .with_context(|| format!("make a simulated Mac in {}", directory.display()))?;
            let secret = client.make_enrolment_secret(None).await?.value.secret;
            let place = Place::of(&directory);
            place
                .agent(&fleet.program)
                .enroll(client.address(), name, &secret)
                .await?;
            let enrolled = client.devices_called(name).await?;
            let enrolled = enrolled
                .first()
                .ok_or_else(|| anyhow!("find the device {name} after it enrolled"))?;
            fleet.macs.push(DemoMac {
                device: DemoDevice {
                    id: enrolled.id,
                    name: name.clone(),
                    serial_number: enrolled.serial_number.clone(),
                    situation: situation.name().to_owned(),
                    macsim: directory,
                    accounts: made.accounts.iter().map(account).collect(),
                },
                agent: None,
            });
        }
        Ok(fleet)
    }

    /// The Macs that an earlier demo has left in the folder.
    pub fn resume(folder: &Folder, devices: Vec<DemoDevice>) -> Self {
        let macs = devices.into_iter().map(|device| DemoMac { device, agent: None });
        Self {
            program: folder.agent(),
            macs: macs.collect(),
        }
    }

    /// Starts every agent.
    pub fn start(&mut self) -> Result<(), Failure> {
        for mac in &mut self.macs {
            mac.start(&self.program)?;
        }
        Ok(())
    }

    /// Waits until the server has seen every Mac, and then takes those out of reach that are meant to be.
    pub async fn settle(&mut self, client: &Client) -> Result<(), Failure> {
        let mut watch = Watch::open(client).await;
        for mac in &mut self.macs {
            loop {
                let device = client.device(mac.device.id).await?.value.summary;
                if device.online && device.observed_at.is_some() {
                    break;
                }
                if !mac.agent.as_mut().is_some_and(AgentProcess::is_running) {
                    let log = Place::of(&mac.device.macsim).log;
                    return Err(anyhow!(
                        "the agent of {} has ended; see {}",
                        mac.device.name,
                        log.display()
                    )
                    .into());
                }
                watch.wait(|_| true).await;
            }
            if mac.device.situation == Situation::Offline.name() {
                mac.stop().await?;
                // The server sees its stream close.
                while client.device(mac.device.id).await?.value.summary.online {
                    watch.wait(|_| true).await;
                }
            }
        }
        Ok(())
    }

    /// What is known of the Macs outside.
    pub fn devices(&self) -> impl Iterator<Item = &DemoDevice> {
        self.macs.iter().map(|mac| &mac.device)
    }

    /// Starts the agent of a Mac that was stopped.
    pub fn start_one(&mut self, name: &str) -> Result<(), Failure> {
        let program = self.program.clone();
        Ok(self.find(name)?.start(&program)?)
    }

    /// Ends the agent of a Mac, as a shutdown does.
    pub async fn stop_one(&mut self, name: &str) -> Result<(), Failure> {
        Ok(self.find(name)?.stop().await?)
    }

    /// Installs the agent of a Mac again over the top, while it is stopped. Answers whether the password was accepted.
    pub async fn reinstall_one(
        &mut self,
        name: &str,
        administrator: &str,
        password: &SecretString,
    ) -> anyhow::Result<bool> {
        let program = self.program.clone();
        let place = Place::of(&self.find(name)?.device.macsim);
        place.agent(&program).reinstall(administrator, password).await
    }

    /// Ends every agent.
    pub async fn stop(&mut self) -> Result<(), Failure> {
        for mac in &mut self.macs {
            mac.stop().await?;
        }
        Ok(())
    }

    fn find(&mut self, name: &str) -> anyhow::Result<&mut DemoMac> {
        let mut macs = self.macs.iter_mut();
        macs.find(|mac| mac.device.name == name)
            .with_context(|| format!("find the simulated Mac {name}"))
    }
}

impl DemoMac {
    fn start(&mut self, program: &std::path::Path) -> anyhow::Result<()> {
        if self.agent.is_none() {
            let place = Place::of(&self.device.macsim);
            self.agent = Some(place.agent(program).start()?);
        }
        Ok(())
    }

    async fn stop(&mut self) -> anyhow::Result<()> {
        match self.agent.take() {
            Some(agent) => agent.stop().await,
            None => Ok(()),
        }
    }
}

/// Where things are in the directory of a simulated Mac.
struct Place {
    root: PathBuf,
    log: PathBuf,
}

impl Place {
    fn of(directory: &std::path::Path) -> Self {
        Self {
            root: MacHome::open(directory).root(),
            log: directory.join("agent.log"),
        }
    }

    fn agent<'a>(&'a self, program: &'a std::path::Path) -> AgentPlace<'a> {
        AgentPlace {
            program,
            root: &self.root,
            log: &self.log,
        }
    }
}

fn account(account: &Account) -> DemoAccount {
    DemoAccount {
        name: account.name.clone(),
        password: SecretString::from(account.password.as_str()),
        role: match account.role {
            Role::Admin => "administrator".to_owned(),
            Role::Standard => "standard".to_owned(),
        },
    }
}
