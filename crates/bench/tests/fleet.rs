//! The fleet speaks to a real server as agents on Macs do, and its Macs tell the truth about what was done to them.
#![expect(clippy::unwrap_used, reason = "in tests, what fails panics")]

use std::sync::Arc;

use bench::api::Api;
use bench::fleet::{Fleet, Noted, Progress, ServerAddress, SimulatedMac};
use macsim::model::clock::UnixMillis;
use macsim::scenario::{ScenarioMac, Situation};
use rand_core::UnwrapErr;
use secrecy::SecretString;
use serde_json::{Value, json};
use server::{Server, ServerConfig};
use tempfile::TempDir;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use trust::code::Code;
use trust::id::{ActionId, DeviceId};

/// A server, and an empty fleet.
struct Site {
    api: Api,
    fleet: Fleet,
    noted: mpsc::UnboundedReceiver<Noted>,
    stop: oneshot::Sender<()>,
    served: JoinHandle<()>,
    _folder: TempDir,
}

impl Site {
    async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let listen = "127.0.0.1:0".parse().unwrap();
        let config = ServerConfig::new(listen, folder.path().join("bestow.db"));
        let server = Server::bind(&config).await.unwrap();
        let token = server.setup().await.unwrap().api_token("test").await.unwrap();
        let address = ServerAddress {
            url: format!("http://{}", server.address()),
            authorities: None,
        };
        let (stop, stopped) = oneshot::channel::<()>();
        let served = tokio::spawn(async move {
            let end = async {
                let _ = stopped.await;
            };
            server.run(end).await.unwrap();
        });
        let mut fleet = Fleet::new(address.clone());
        Self {
            api: Api::new(&address, SecretString::from(token)).unwrap(),
            noted: fleet.watch(),
            fleet,
            stop,
            served,
            _folder: folder,
        }
    }

    async fn enrol(&mut self, name: &str, mac: &ScenarioMac) -> DeviceId {
        let secret = self
            .api
            .enrolment_secret(&format!("secret-of-{name}"))
            .await
            .unwrap();
        let mac = Arc::new(SimulatedMac::new(mac.mac.clone()));
        let mut rng = UnwrapErr(getrandom::SysRng);
        let enrolled = self.fleet.enrol(name, mac, &secret, &mut rng);
        enrolled.await.unwrap()
    }

    /// Asks for a grant from ada to ben.
    async fn grant(&self, device: DeviceId, mac: &ScenarioMac, key: &str) -> ActionId {
        let party = |name| json!({ "username": name, "password": mac.account(name).unwrap().password });
        let body = json!({
            "kind": "grant_secure_token",
            "administrator": party("ada"),
            "target": party("ben"),
        });
        let path = format!("/api/v1/devices/{device}/actions");
        let action: Value = self.api.post(&path, key, &body).await.unwrap();
        action["id"].as_str().unwrap().parse().unwrap()
    }

    /// Waits until an agent has come so far with an action. Answers what it did until then.
    async fn until(&mut self, action: ActionId, progress: Progress) -> Vec<Progress> {
        let mut done = Vec::new();
        while done.last() != Some(&progress) {
            let noted = self.noted.recv().await.unwrap();
            if noted.action == action {
                done.push(noted.progress);
            }
        }
        done
    }

    /// Waits until the server has been told of the Mac.
    async fn until_observed(&self, device: DeviceId) -> Value {
        loop {
            let shown: Value = self.api.get(&format!("/api/v1/devices/{device}")).await.unwrap();
            if shown["observed_at"].is_i64() {
                return shown;
            }
            tokio::task::yield_now().await;
        }
    }

    async fn end(mut self) {
        self.fleet.stop().await;
        self.stop.send(()).unwrap();
        self.served.await.unwrap();
    }
}

fn healthy(seed: u64) -> ScenarioMac {
    Situation::Healthy.mac(seed, UnixMillis(1_767_225_600_000))
}

fn times_granted(site: &Site, device: DeviceId) -> u32 {
    let truth = site.fleet.mac(device).unwrap().truth();
    let granted = truth.effects.accounts.get("ben");
    granted.map_or(0, |counts| counts.granted)
}

#[tokio::test]
async fn a_grant_takes_place_on_the_right_mac_alone() {
    let mut site = Site::start().await;
    let macs = [healthy(1), healthy(2)];
    let chosen = site.enrol("chosen", &macs[0]).await;
    let other = site.enrol("other", &macs[1]).await;
    site.fleet.start();
    for device in [chosen, other] {
        assert_eq!(site.until_observed(device).await["chain"], "can_grant");
    }
    let action = site.grant(chosen, &macs[0], "grant-to-chosen").await;
    let done = site.until(action, Progress::Closed).await;
    assert_eq!(
        done,
        [
            Progress::Arrived,
            Progress::Begun,
            Progress::Acting,
            Progress::Ended(Code::Granted),
            Progress::Closed,
        ]
    );
    assert_eq!(
        (times_granted(&site, chosen), times_granted(&site, other)),
        (1, 0)
    );
    assert_eq!(site.fleet.connected(), 2);
    let shown: Value = site.api.get(&format!("/api/v1/actions/{action}")).await.unwrap();
    assert_eq!(shown["state"], "succeeded");
    site.end().await;
}

#[tokio::test]
async fn an_agent_that_was_stopped_finds_what_waits_when_it_is_started_again() {
    let mut site = Site::start().await;
    let mac = healthy(3);
    let device = site.enrol("sleeper", &mac).await;
    site.fleet.start();
    site.until_observed(device).await;
    site.fleet.stop().await;
    assert_eq!(site.fleet.connected(), 0);
    let action = site.grant(device, &mac, "grant-to-sleeper").await;
    assert_eq!(times_granted(&site, device), 0);
    site.fleet.start_one(device).unwrap();
    site.until(action, Progress::Closed).await;
    assert_eq!(times_granted(&site, device), 1);
    // A later run remembers what is closed and does not begin it again.
    site.fleet.stop().await;
    site.fleet.start();
    let again = site.grant(device, &mac, "grant-to-sleeper-again").await;
    let done = site.until(again, Progress::Closed).await;
    assert!(done.contains(&Progress::Ended(Code::AlreadyGranted)), "{done:?}");
    assert_eq!(times_granted(&site, device), 1);
    site.end().await;
}
