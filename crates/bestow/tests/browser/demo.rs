//! The demo in a process of its own.

use std::fs;
use std::path::PathBuf;

use macsim::MacHome;
use macsim::model::clock::UnixMillis;
use macsim::scenario::Situation;
use serde_json::Value;
use tempfile::TempDir;

use super::support::child::{Running, command};
use super::support::command::Said;
use super::support::program;

/// A running demo.
pub struct Demo {
    // It comes before its folder, so that it is the first to go.
    _running: Running,
    file: Value,
    folder: TempDir,
}

impl Demo {
    /// A demo of the first `devices` Macs, or of all, each of which has told what it sees.
    pub fn start(devices: Option<u8>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("demo");
        let mut demo = command(program());
        demo.arg("demo").arg("--data").arg(&data);
        if let Some(devices) = devices {
            demo.args(["--devices", &devices.to_string()]);
        }
        let mut running = Running::start(&mut demo, &folder.path().join("demo.log"));
        running.read_until(|line| line.starts_with("Ctrl-C ends").then_some(()));
        let file = fs::read_to_string(data.join("demo.json")).unwrap();
        Self {
            _running: running,
            file: serde_json::from_str(&file).unwrap(),
            folder,
        }
    }

    /// The link that signs in, once.
    pub fn sign_in_link(&self) -> &str {
        self.file["sign_in_link"].as_str().unwrap()
    }

    /// The password of an account of a Mac.
    pub fn password(&self, device: &str, account: &str) -> &str {
        let mut accounts = self.device(device)["accounts"].as_array().unwrap().iter();
        let account = accounts.find(|found| found["name"] == account).unwrap();
        account["password"].as_str().unwrap()
    }

    /// Enrols one more Mac under this name; no agent runs on it.
    pub fn enrol_another(&self, name: &str) {
        let folder = self.folder.path().join(name);
        let made = Situation::Healthy.mac(77, UnixMillis(1_767_225_600_000));
        let home = MacHome::create(&folder, &made.mac, program()).unwrap();
        let mut secret = command(program());
        secret.arg("enrolment-secret").arg("--demo").arg(self.data());
        let secret = Said::by(&mut secret, "").with_exit(0).out;
        let mut enroll = command(&self.agent());
        enroll.arg("--root").arg(home.root());
        enroll.args(["enroll", "--server", self.url(), "--name", name]);
        Said::by(&mut enroll, &secret).with_exit(0);
    }

    /// The API token.
    pub fn api_token(&self) -> &str {
        self.file["api_token"].as_str().unwrap()
    }

    /// Where the server is.
    pub fn url(&self) -> &str {
        self.file["url"].as_str().unwrap()
    }

    /// The directory of a simulated Mac.
    pub fn mac(&self, device: &str) -> PathBuf {
        self.device(device)["macsim"].as_str().unwrap().into()
    }

    /// The agent's program.
    pub fn agent(&self) -> PathBuf {
        self.data().join("bin").join("bestow-agent")
    }

    /// The folder in which the demo keeps everything.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("demo")
    }

    fn device(&self, name: &str) -> &Value {
        let mut devices = self.file["devices"].as_array().unwrap().iter();
        devices.find(|found| found["name"] == name).unwrap()
    }
}
