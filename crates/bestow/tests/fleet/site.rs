//! A server process, the fleet, and the commands of its administrator.

use std::collections::BTreeMap;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bench::api::Api;
use bench::fleet::{Fleet, ServerAddress, SimulatedMac};
use macsim::model::mac::Mac;
use rand_core::UnwrapErr;
use secrecy::SecretString;
use serde_json::Value;
use tempfile::TempDir;
use tokio::task::JoinSet;
use trust::id::DeviceId;

use crate::kinds::{Kind, as_machine};
use crate::support::child::command;
use crate::support::command::Said;
use crate::support::program;
use crate::support::server::TestServer;

/// The longest that the fleet may take for anything.
const BOUND: Duration = Duration::from_secs(600);

/// One Mac of the fleet.
pub struct Known {
    pub kind: Kind,
    pub name: String,
    /// As it was when it enrolled.
    pub before: Mac,
}

/// A server with many Macs.
pub struct Site {
    pub server: TestServer,
    pub fleet: Fleet,
    pub macs: BTreeMap<DeviceId, Known>,
    pub folder: TempDir,
    begun: Instant,
}

impl Site {
    /// A running server, and `count` Macs that have enrolled and do not run.
    pub async fn with(count: usize, log_level: &'static str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut server = TestServer::new(&folder.path().join("server"), log_level);
        server.start();
        let address = ServerAddress {
            url: format!("http://{}", server.address()),
            authorities: None,
        };
        let mut site = Self {
            fleet: Fleet::new(address),
            server,
            macs: BTreeMap::new(),
            folder,
            begun: Instant::now(),
        };
        site.enrol(count).await;
        site.tell(&format!("{count} Macs have enrolled"));
        site
    }

    async fn enrol(&mut self, count: usize) {
        let templates: BTreeMap<Kind, Mac> = Kind::ALL.map(|kind| (kind, kind.mac())).into();
        let mut secrets = self.secrets(count).await;
        let mut rng = UnwrapErr(getrandom::SysRng);
        for number in 0..count {
            let kind = Kind::of(number);
            // Names in the order of numbers, which is the order in which a run goes.
            let name = format!("mac-{number:05}");
            let mac = as_machine(templates[&kind].clone(), number);
            let simulated = Arc::new(SimulatedMac::new(mac.clone()));
            let secret = secrets.pop().unwrap();
            let id = self
                .fleet
                .enrol(&name, simulated, &secret, &mut rng)
                .await
                .unwrap();
            let known = Known {
                kind,
                name,
                before: mac,
            };
            self.macs.insert(id, known);
        }
    }

    /// As many enrolment secrets, made by several programs at once.
    async fn secrets(&self, count: usize) -> Vec<SecretString> {
        let mut programs = JoinSet::new();
        for program in 0..8 {
            let api = self.api();
            programs.spawn(async move {
                let mut made = Vec::new();
                for number in (program..count).step_by(8) {
                    made.push(api.enrolment_secret(&format!("secret-{number}")).await.unwrap());
                }
                made
            });
        }
        programs.join_all().await.concat()
    }

    /// A program with the operator's token.
    pub fn api(&self) -> Api {
        let address = ServerAddress {
            url: format!("http://{}", self.server.address()),
            authorities: None,
        };
        let token = std::fs::read_to_string(self.server.token_file()).unwrap();
        Api::new(&address, SecretString::from(token.trim())).unwrap()
    }

    /// Starts every agent whose Mac is not of this kind.
    pub fn start_all_but(&mut self, kind: Kind) {
        let ids: Vec<DeviceId> = self.ids_of(|known| known.kind != kind);
        for id in ids {
            self.fleet.start_one(id).unwrap();
        }
    }

    /// The devices that are meant.
    pub fn ids_of(&self, is_meant: impl Fn(&Known) -> bool) -> Vec<DeviceId> {
        let meant = self.macs.iter().filter(|(_, known)| is_meant(known));
        meant.map(|(id, _)| *id).collect()
    }

    /// The Mac of a device as the simulator has it now.
    pub fn truth(&self, id: DeviceId) -> Mac {
        self.fleet.mac(id).unwrap().truth()
    }

    /// Waits until every Mac has told what it looks like.
    pub async fn until_observed(&self) {
        let api = self.api();
        self.until("every Mac to be observed", async || {
            let path = "/api/v1/devices?state=not_observed&limit=1";
            let waiting: Value = api.get(path).await.unwrap();
            waiting["items"].as_array().unwrap().is_empty().then_some(())
        })
        .await;
        self.tell("every Mac was observed");
    }

    /// Waits until `look` finds something.
    pub async fn until<T>(&self, what: &str, look: impl AsyncFn() -> Option<T>) -> T {
        let begun = Instant::now();
        loop {
            if let Some(found) = look().await {
                return found;
            }
            assert!(begun.elapsed() < BOUND, "waited {BOUND:?} for {what}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Kills the server by SIGKILL and starts it again.
    pub fn kill_server(&mut self) {
        self.server.kill();
        self.server.start();
        self.tell("the server was killed and is back");
    }

    /// A command of the administrator.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = command(program());
        command.args(args);
        command.env("BESTOW_SERVER", format!("http://{}", self.server.address()));
        command.env("BESTOW_TOKEN_FILE", self.server.token_file());
        command
    }

    /// Runs a command with this standard input.
    pub fn run(&self, args: &[&str], input: &str) -> Said {
        tokio::task::block_in_place(|| Said::by(&mut self.command(args), input))
    }

    /// Tells how far the test has come, for whoever reads its output.
    pub fn tell(&self, what: &str) {
        println!("{:6.1} s: {what}", self.begun.elapsed().as_secs_f64());
    }
}

/// How many Macs the fleet has.
pub fn fleet_size() -> usize {
    std::env::var("BESTOW_FLEET").map_or(2_000, |text| text.parse().unwrap())
}
