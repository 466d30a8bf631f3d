//! A simulated Mac that notes every call, and on which the agent can be killed or lied to.

use std::panic::resume_unwind;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use mac::{Answer, Call, RunError, Runner};
use macsim::model::clock::UnixMillis;
use macsim::model::knobs::Lie;
use macsim::model::mac::Mac;
use simrunner::SimRunner;

/// A simulated Mac behind the runner trait.
pub struct WatchedRunner {
    runner: SimRunner,
    /// One line for each call: the tool and its arguments.
    calls: Mutex<Vec<String>>,
    kill_at: Mutex<Option<KillPoint>>,
    lie_about: Option<&'static str>,
}

/// Where the agent is killed: at its n-th call, before the tool has started or after it has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KillPoint {
    pub call: usize,
    pub after_the_tool: bool,
}

/// What a killed agent unwinds with. Unlike a panic it prints nothing.
pub struct Killed;

impl WatchedRunner {
    pub fn new(mac: Mac, now: UnixMillis) -> Self {
        Self {
            runner: SimRunner::new(mac, now),
            calls: Mutex::default(),
            kill_at: Mutex::default(),
            lie_about: None,
        }
    }

    pub fn kill_at(self, point: KillPoint) -> Self {
        self.arm(Some(point));
        self
    }

    /// The same for whoever works on this Mac from now on: calls are counted anew.
    pub fn arm(&self, point: Option<KillPoint>) {
        *self.kill_at.lock().unwrap_or_else(PoisonError::into_inner) = point;
        self.calls.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Does something to the Mac behind the tools' backs.
    pub fn change<T>(&self, apply: impl FnOnce(&mut Mac) -> T) -> T {
        self.runner.change(apply)
    }

    /// Sets the Mac's clock.
    pub fn set_time(&self, now: UnixMillis) {
        self.runner.set_time(now);
    }

    /// Calls with this argument claim success and change nothing.
    pub fn lie_about(self, argument: &'static str) -> Self {
        Self {
            lie_about: Some(argument),
            ..self
        }
    }

    pub fn calls(&self) -> Vec<String> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The Mac as it is now.
    pub fn mac(&self) -> Mac {
        self.runner.mac()
    }

    /// Notes a call. Answers how many came before it.
    fn note(&self, call: &Call) -> usize {
        let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        calls.push(format!("{} {}", call.tool.name(), call.arg_strs().join(" ")));
        calls.len() - 1
    }
}

impl Runner for WatchedRunner {
    fn run(&self, call: &Call) -> Result<Answer, RunError> {
        let number = self.note(call);
        let die_if_told = |after_the_tool| {
            let here = KillPoint {
                call: number,
                after_the_tool,
            };
            let point = *self.kill_at.lock().unwrap_or_else(PoisonError::into_inner);
            if point == Some(here) {
                resume_unwind(Box::new(Killed));
            }
        };
        die_if_told(false);
        let honest = self.runner.change(|mac| mac.knobs.lie);
        if self
            .lie_about
            .is_some_and(|argument| call.arg_strs().contains(&argument))
        {
            self.runner.change(|mac| mac.knobs.lie = Lie::Always);
        }
        let answer = self.runner.run(call);
        self.runner.change(|mac| mac.knobs.lie = honest);
        die_if_told(true);
        answer
    }
}

/// A Mac on which these tools cannot be started.
pub struct Without<'a>(pub &'a SimRunner, pub &'a [&'a str]);

impl Runner for Without<'_> {
    fn run(&self, call: &Call) -> Result<Answer, RunError> {
        match self.1.contains(&call.tool.name()) {
            true => Err(RunError::NotFound {
                path: PathBuf::from(call.tool.path()),
            }),
            false => self.0.run(call),
        }
    }
}
