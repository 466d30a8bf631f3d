//! A simulated Mac with a real agent.

use std::fs::File;
use std::path::{Path, PathBuf};

use macsim::MacHome;
use macsim::front::calls::CallEvent;
use macsim::front::pause::PausePoint;
use macsim::model::clock::UnixMillis;
use macsim::report::{AccountReport, Report, report};
use macsim::scenario::{Account, Situation};

use super::child::{Running, command};
use super::command::Said;
use super::{program, wait};

/// The day on which every simulated Mac of a test was made: 2026-01-01.
const MADE_AT: UnixMillis = UnixMillis(1_767_225_600_000);

/// A simulated Mac and its agent, running or not.
pub struct TestMac {
    /// Its directory.
    pub home: MacHome,
    /// Its name at the server.
    pub name: String,
    accounts: Vec<Account>,
    recovery_key: Option<String>,
    agent_program: PathBuf,
    log_level: &'static str,
    agent: Option<Running>,
}

impl TestMac {
    /// A Mac in `situation`; the same seed makes the same Mac. `agent_program` is the program under the agent's name.
    pub fn make(
        directory: &Path,
        situation: Situation,
        seed: u64,
        agent_program: &Path,
        log_level: &'static str,
    ) -> Self {
        let made = situation.mac(seed, MADE_AT);
        let home = MacHome::create(directory, &made.mac, program()).unwrap();
        Self {
            home,
            name: situation.name().to_owned(),
            accounts: made.accounts,
            recovery_key: made.recovery_key,
            agent_program: agent_program.to_owned(),
            log_level,
            agent: None,
        }
    }

    /// Enrols it.
    pub fn enroll(&self, server: &str, secret: &str) {
        let mut enroll = self.agent_command();
        enroll.args(["enroll", "--server", server, "--name", &self.name]);
        Said::by(&mut enroll, secret).with_exit(0);
    }

    /// Starts its agent.
    pub fn start_agent(&mut self) {
        let mut run = self.agent_command();
        run.args(["run", "--exit-with-stdin"]);
        self.agent = Some(Running::start(&mut run, &self.log()));
    }

    /// Kills its agent. Tools that it has started stay.
    pub fn kill_agent(&mut self) {
        self.agent.take().unwrap().kill();
    }

    /// Ends its agent in order.
    pub fn stop_agent(&mut self) {
        self.agent.take().unwrap().close_stdin();
    }

    /// Its serial number.
    pub fn serial_number(&self) -> String {
        self.truth().serial
    }

    /// What its agent's `status` says.
    pub fn agent_status(&self) -> serde_json::Value {
        let mut status = self.agent_command();
        Said::by(status.args(["status", "--json"]), "")
            .with_exit(0)
            .json()
    }

    /// Its agent's process.
    pub fn agent_process(&self) -> &Running {
        self.agent.as_ref().unwrap()
    }

    /// The agent's log.
    pub fn log(&self) -> PathBuf {
        self.home.dir().join("agent.log")
    }

    /// The folder in which the agent keeps its state.
    pub fn agent_state(&self) -> PathBuf {
        self.home.root().join("Library/Application Support/Bestow")
    }

    /// The true password of an account.
    pub fn password(&self, account: &str) -> &str {
        let account = self.accounts.iter().find(|known| known.name == account);
        &account.unwrap().password
    }

    /// The recovery key, which this Mac must have.
    pub fn recovery_key(&self) -> &str {
        self.recovery_key.as_deref().unwrap()
    }

    /// The truth about it.
    pub fn truth(&self) -> Report {
        report(&self.home.load().unwrap())
    }

    /// The truth about one account.
    pub fn account(&self, name: &str) -> AccountReport {
        let mut accounts = self.truth().accounts.into_iter();
        accounts.find(|account| account.name == name).unwrap()
    }

    /// How often an account became a holder.
    pub fn times_granted(&self, name: &str) -> u32 {
        let effects = self.truth().effects;
        effects.accounts.get(name).map_or(0, |counts| counts.granted)
    }

    /// Holds the next call of `tool` with `argument` at a step, as soon as `meanwhile` has brought it about. Answers what
    /// `meanwhile` did, once the call stands there.
    pub fn hold<T>(&self, point: &PausePoint, meanwhile: impl FnOnce() -> T) -> T {
        let number = self.home.pause(point).unwrap();
        let done = meanwhile();
        wait::until("a tool to be held", || {
            self.home.pause_is_reached(number).then_some(())
        });
        done
    }

    /// Lets every held tool go on.
    pub fn release(&self) {
        self.home.resume_all().unwrap();
    }

    /// The process of the first call of `tool` with `argument`, when there was one.
    pub fn call(&self, tool: &str, argument: &str) -> Option<u32> {
        let events = self.home.calls().unwrap();
        events.iter().find_map(|event| match event {
            CallEvent::Started {
                tool: called,
                argv,
                pid,
                ..
            } if called == tool => argv.iter().any(|arg| arg == argument).then_some(*pid),
            _ => None,
        })
    }

    /// Whether an agent, or a tool that one has left behind, still runs.
    pub fn is_busy(&self) -> bool {
        File::open(self.agent_state().join("agent.lock")).is_ok_and(|lock| lock.try_lock().is_err())
    }

    /// A command of its agent's program.
    pub fn agent_command(&self) -> std::process::Command {
        let mut agent = command(&self.agent_program);
        agent.arg("--root").arg(self.home.root());
        agent.env("RUST_LOG", self.log_level);
        agent
    }
}

impl Drop for TestMac {
    fn drop(&mut self) {
        // A tool that is still held would wait for ever.
        self.release();
    }
}
