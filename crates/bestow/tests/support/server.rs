//! `bestow serve` as a process of its own, which can be killed and started again.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::child::{Running, command};
use super::program;

/// A server, running or not.
pub struct TestServer {
    folder: PathBuf,
    address: String,
    log_level: &'static str,
    running: Option<Running>,
    sign_in_path: Option<String>,
}

impl TestServer {
    /// A server with its data in `folder`, on an address that it keeps.
    pub fn new(folder: &Path, log_level: &'static str) -> Self {
        fs::create_dir_all(folder).unwrap();
        // A port that was free a moment ago. The server has to come back on the same one after it was killed.
        let address = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .to_string();
        fs::write(
            folder.join("bestow.toml"),
            format!(
                "listen = '{address}'\npublic_url = 'http://{address}'\ndata_dir = 'data'\n\
                 mdm_topic = 'com.apple.mgmt.External.test'\n"
            ),
        )
        .unwrap();
        Self {
            folder: folder.to_owned(),
            address,
            log_level,
            running: None,
            sign_in_path: None,
        }
    }

    /// Starts it and waits until it listens.
    pub fn start(&mut self) {
        let mut serve = command(program());
        serve
            .arg("serve")
            .arg("--config")
            .arg(self.folder.join("bestow.toml"));
        serve.env("RUST_LOG", self.log_level);
        let mut running = Running::start(&mut serve, &self.log());
        loop {
            let line = running.read_until(|line| Some(line.to_owned()));
            if let Some(at) = line.find("/sign-in/") {
                self.sign_in_path = Some(line[at..].to_owned());
            }
            if line.contains("Bestow listens on") {
                break;
            }
        }
        self.running = Some(running);
    }

    /// Kills it: no request ends in order, nothing is flushed.
    pub fn kill(&mut self) {
        self.running.take().unwrap().kill();
    }

    /// Asks it to end and waits for that.
    pub fn stop(&mut self) {
        let running = self.running.take().unwrap();
        running.signal(nix::sys::signal::Signal::SIGTERM);
        assert!(running.wait().success());
    }

    /// Puts its clock forward by so much, whether it runs or not. No other clock moves.
    pub fn put_forward(&self, by: Duration) {
        let file = self.data().join("bestow.clock-ahead");
        let ahead: u128 = fs::read_to_string(&file).map_or(0, |text| text.parse().unwrap());
        let beside = self.folder.join("clock-ahead");
        fs::write(&beside, (ahead + by.as_millis()).to_string()).unwrap();
        fs::rename(beside, file).unwrap();
    }

    /// Its address, such as `127.0.0.1:4711`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Its process.
    pub fn process(&self) -> &Running {
        self.running.as_ref().unwrap()
    }

    /// Where it signs a person in to the console, once, as its first start has printed it.
    pub fn sign_in_path(&self) -> &str {
        self.sign_in_path.as_deref().unwrap()
    }

    /// Its log.
    pub fn log(&self) -> PathBuf {
        self.folder.join("server.log")
    }

    /// The folder with its database.
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// The file with the API token that it made at its first start.
    pub fn token_file(&self) -> PathBuf {
        self.data().join("api-token")
    }
}
