//! A server with one Mac, and the commands of its administrator.

use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::process::Command;

use macsim::scenario::Situation;
use serde_json::Value;
use tempfile::TempDir;

use super::child::command;
use super::command::Said;
use super::hold::Proxy;
use super::mac::TestMac;
use super::server::TestServer;
use super::{program, wait};

/// A server, a proxy in front of it, and a Mac behind that. Everything lies in one folder and ends with the test.
pub struct Site {
    /// The Mac. It comes before the server, so that it is the first to go.
    pub mac: TestMac,
    /// The server.
    pub server: TestServer,
    /// What the agent takes for the server.
    pub proxy: Proxy,
    folder: TempDir,
}

impl Site {
    /// A running server and an enrolled Mac whose agent runs and has told of it.
    pub fn with(situation: Situation, seed: u64, log_level: &'static str) -> Self {
        let mut site = Self::without_agent(situation, seed, log_level);
        site.mac.start_agent();
        site.wait_until_observed();
        site
    }

    /// A healthy Mac, on which ada can hand a token on to ben.
    pub fn healthy(seed: u64) -> Self {
        Self::with(Situation::Healthy, seed, "info")
    }

    /// An enrolled Mac whose agent does not run.
    pub fn without_agent(situation: Situation, seed: u64, log_level: &'static str) -> Self {
        let site = Self::not_enrolled(situation, seed, log_level);
        site.enroll();
        site
    }

    /// A Mac that the server does not know yet.
    pub fn not_enrolled(situation: Situation, seed: u64, log_level: &'static str) -> Self {
        println!("seed {seed}");
        let folder = tempfile::tempdir().unwrap();
        let mut server = TestServer::new(&folder.path().join("server"), log_level);
        server.start();
        let proxy = Proxy::start(server.address());
        let agent = folder.path().join("bestow-agent");
        symlink(program(), &agent).unwrap();
        let mac = TestMac::make(&folder.path().join("mac"), situation, seed, &agent, log_level);
        Self {
            mac,
            server,
            proxy,
            folder,
        }
    }

    /// Enrols the Mac, by its old key if it has one.
    pub fn enroll(&self) {
        let secret = self.run(&["enrolment-secret"]).with_exit(0).out;
        self.mac.enroll(&self.proxy.url(), &secret);
    }

    /// Runs a command with `input` on its standard input.
    pub fn run_with(&self, args: &[&str], input: &str) -> Said {
        Said::by(&mut self.command(args), input)
    }

    /// Waits until the server has been told of the Mac.
    pub fn wait_until_observed(&self) {
        wait::until("the first observation", || {
            let devices = self.run(&["devices", "--json"]).with_exit(0).json();
            devices["items"][0]["observed_at"].is_i64().then_some(())
        });
    }

    /// The folder of the site.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// A command of the administrator.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = command(program());
        command.args(args);
        command.env("BESTOW_SERVER", format!("http://{}", self.server.address()));
        command.env("BESTOW_TOKEN_FILE", self.server.token_file());
        command.env("BESTOW_KNOWN_DEVICES", self.folder.path().join("known-devices"));
        command
    }

    /// Runs a command without input.
    pub fn run(&self, args: &[&str]) -> Said {
        Said::by(&mut self.command(args), "")
    }

    /// `bestow grant` from ada to ben with these passwords and more arguments.
    pub fn grant_with(&self, passwords: [&str; 2], more: &[&str]) -> Said {
        let name = self.mac.name.clone();
        let mut args = vec![
            "grant",
            &name,
            "--administrator",
            "ada",
            "--target",
            "ben",
            "--password-stdin",
        ];
        args.extend(more);
        let [administrator, target] = passwords;
        Said::by(&mut self.command(&args), &format!("{administrator}\n{target}\n"))
    }

    /// `bestow grant` from ada to ben with the right passwords.
    pub fn grant(&self, more: &[&str]) -> Said {
        self.grant_with([self.mac.password("ada"), self.mac.password("ben")], more)
    }

    /// Sends a grant from ada to ben and does not wait. Answers the action's id.
    pub fn send_grant(&self) -> String {
        let sent = self.grant(&["--no-wait", "--json"]).with_exit(0).json();
        sent["id"].as_str().unwrap().to_owned()
    }

    /// The action as it stands.
    pub fn action(&self, id: &str) -> Value {
        self.run(&["action", id, "--json"]).with_exit(0).json()
    }

    /// Waits until the action has ended. Answers it.
    pub fn end_of(&self, id: &str) -> Value {
        self.run(&["action", id, "--wait", "--json"]).json()
    }
}
