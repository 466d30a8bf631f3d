//! Runs the drivers of `mac` on a simulated Mac in memory: no process and no file, so that thousands of Macs fit into one
//! process. It joins the two sides of a test and knows no rule of either; nothing that is shipped uses it.

mod host;

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use mac::{Answer, Call, Conversation, Exit, RunError, Runner, Terminal};
use macsim::model::clock::UnixMillis;
use macsim::model::mac::Mac;
use macsim::tools::{Tool, run_on};

use host::SimHost;

/// A simulated Mac behind the runner trait. Its clock stands until it is set.
pub struct SimRunner(Mutex<State>);

struct State {
    mac: Mac,
    now: UnixMillis,
}

impl SimRunner {
    /// Runs tools on `mac`, where it is `now`.
    pub fn new(mac: Mac, now: UnixMillis) -> Self {
        Self(Mutex::new(State { mac, now }))
    }

    /// The Mac as it is now.
    pub fn mac(&self) -> Mac {
        self.change(|mac| mac.clone())
    }

    /// Does something to the Mac behind the tools' backs.
    pub fn change<T>(&self, apply: impl FnOnce(&mut Mac) -> T) -> T {
        self.with(|state| apply(&mut state.mac))
    }

    /// Sets the Mac's clock.
    pub fn set_time(&self, now: UnixMillis) {
        self.with(|state| state.now = now);
    }

    fn with<T>(&self, see: impl FnOnce(&mut State) -> T) -> T {
        see(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Runner for SimRunner {
    fn run(&self, call: &Call) -> Result<Answer, RunError> {
        let tool = Tool::named(call.tool.name()).ok_or_else(|| RunError::NotFound {
            path: PathBuf::from(call.tool.path()),
        })?;
        Ok(self.with(|state| run_tool(&mut state.mac, tool, call, state.now)))
    }
}

fn run_tool(mac: &mut Mac, tool: Tool, call: &Call, now: UnixMillis) -> Answer {
    let args: Vec<String> = call.arg_strs().into_iter().map(str::to_owned).collect();
    let on_a_terminal = call.feed.prompt_answers().is_some();
    let mut host = SimHost {
        mac,
        stdin: call
            .feed
            .stdin()
            .map(|bytes| bytes.iter().copied().collect())
            .unwrap_or_default(),
        talk: on_a_terminal.then(|| Conversation::new(&call.feed)),
        shown: String::new(),
        out: String::new(),
        err: String::new(),
        now,
    };
    let exit = Exit::Code(run_on(&mut host, tool, &args, 0, (100, 100)).into());
    let SimHost {
        talk,
        shown,
        out,
        err,
        ..
    } = host;
    match talk {
        None => Answer::new(exit, out, err),
        Some(talk) => Answer::new(exit, "", "").with_terminal(Terminal {
            transcript: format!("{shown}{err}{out}").into(),
            answered: talk.answered(),
            asked_too_much: talk.hung_up(),
        }),
    }
}
