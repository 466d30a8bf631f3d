//! `bestow serve` as a process of its own, which can be killed and started again.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};

use super::child::{Running, command};
use super::program;

/// A server, running or not.
pub struct TestServer {
    folder: PathBuf,
    address: String,
    log_level: &'static str,
    running: Option<Running>,
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
            format!("listen = '{address}'\ndata_dir = 'data'\n"),
        )
        .unwrap();
        Self {
            folder: folder.to_owned(),
            address,
            log_level,
            running: None,
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
        running.read_until(|line| line.contains("Bestow listens on").then_some(()));
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

    /// Its address, such as `127.0.0.1:4711`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Its process.
    pub fn process(&self) -> &Running {
        self.running.as_ref().unwrap()
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
