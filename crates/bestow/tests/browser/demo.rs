//! The demo in a process of its own.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use super::child::{Running, command};

/// A running demo.
pub struct Demo {
    // It comes before its folder, so that it is the first to go.
    _running: Running,
    file: Value,
    folder: TempDir,
}

impl Demo {
    /// A demo of the first `devices` Macs, all of which have told what they see.
    pub fn start(devices: u8) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("demo");
        let mut demo = command(Path::new(env!("CARGO_BIN_EXE_bestow")));
        demo.args(["demo", "--devices", &devices.to_string(), "--data"])
            .arg(&data);
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
        let devices = self.file["devices"].as_array().unwrap().iter();
        let device = devices.into_iter().find(|found| found["name"] == device).unwrap();
        let mut accounts = device["accounts"].as_array().unwrap().iter();
        let account = accounts.find(|found| found["name"] == account).unwrap();
        account["password"].as_str().unwrap()
    }

    /// A folder that ends with the demo.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }
}
