//! A Mac in a temporary directory, and its tools as child processes.

use std::io::Write;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use macsim::MacHome;
use macsim::model::clock::UnixMillis;
use macsim::scenario::{ScenarioMac, Situation};
use macsim::tools::Tool;

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_macsim");

pub struct TestMac {
    pub made: ScenarioMac,
    pub home: MacHome,
    _dir: tempfile::TempDir,
}

impl TestMac {
    pub fn new(situation: Situation) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let made = situation.mac(7, UnixMillis(1_790_000_000_000));
        let home = MacHome::create(dir.path().join("mac"), &made.mac, PROGRAM.as_ref()).unwrap();
        Self {
            made,
            home,
            _dir: dir,
        }
    }

    pub fn password(&self, name: &str) -> &str {
        &self.made.account(name).unwrap().password
    }

    /// The tool at its place in the tree, without a terminal.
    pub fn command(&self, tool: &str, args: &[&str]) -> Command {
        let path = self.tool_path(tool);
        let mut command = command(&path);
        command.args(args).env_clear().env("MACSIM_TERMINAL", "never");
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub fn tool_path(&self, tool: &str) -> String {
        let path = Tool::named(tool).unwrap().path();
        format!("{}{path}", self.home.root().display())
    }

    pub fn run(&self, tool: &str, args: &[&str], stdin: &str) -> Output {
        finish(self.command(tool, args).spawn().unwrap(), stdin)
    }

    /// The grant of a token to `ben` by `ada`, both passwords by pipe.
    pub fn grant(&self) -> Command {
        self.command(
            "sysadminctl",
            &[
                "-secureTokenOn",
                "ben",
                "-password",
                "-",
                "-adminUser",
                "ada",
                "-adminPassword",
                "-",
            ],
        )
    }

    pub fn both_passwords(&self) -> String {
        format!("{}\n{}\n", self.password("ada"), self.password("ben"))
    }

    pub fn is_holder(&self, name: &str) -> bool {
        let mac = self.home.load().unwrap();
        mac.is_holder(mac.directory.user(name).unwrap())
    }
}

#[expect(clippy::disallowed_methods, reason = "these tests are about processes")]
pub fn command(program: &str) -> Command {
    Command::new(program)
}

/// Feeds a child and waits for its end.
pub fn finish(mut child: Child, stdin: &str) -> Output {
    let mut pipe = child.stdin.take().unwrap();
    // A tool that reads nothing may be gone already.
    let _ = pipe.write_all(stdin.as_bytes());
    drop(pipe);
    child.wait_with_output().unwrap()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Waits for another process to bring something about; fails after ten seconds.
pub fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(
            start.elapsed() < Duration::from_secs(10),
            "waited too long for: {what}"
        );
        #[expect(
            clippy::disallowed_methods,
            reason = "the state of another process has no channel to wait on"
        )]
        std::thread::sleep(Duration::from_millis(2));
    }
}
