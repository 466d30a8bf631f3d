//! Runs the drivers of `mac` on a simulated Mac in memory.

use std::collections::VecDeque;
use std::panic::resume_unwind;
use std::path::PathBuf;
use std::sync::Mutex;

use mac::{Answer, Call, Conversation, Exit, RunError, Runner, Terminal};
use macsim::model::clock::UnixMillis;
use macsim::model::knobs::Lie;
use macsim::model::mac::Mac;
use macsim::tools::host::{Echo, Host, Stage};
use macsim::tools::{Tool, run_on};

/// A simulated Mac behind the runner trait.
pub struct SimRunner {
    state: Mutex<State>,
    now: UnixMillis,
}

struct State {
    mac: Mac,
    /// One line for each call: the tool and its arguments.
    calls: Vec<String>,
    kill_at: Option<KillPoint>,
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

impl SimRunner {
    pub fn new(mac: Mac, now: UnixMillis) -> Self {
        Self {
            state: Mutex::new(State {
                mac,
                calls: Vec::new(),
                kill_at: None,
                lie_about: None,
            }),
            now,
        }
    }

    pub fn kill_at(self, point: KillPoint) -> Self {
        self.state.lock().unwrap().kill_at = Some(point);
        self
    }

    /// Calls with this argument claim success and change nothing.
    pub fn lie_about(self, argument: &'static str) -> Self {
        self.with(|state| state.lie_about = Some(argument));
        self
    }

    pub fn calls(&self) -> Vec<String> {
        self.with(|state| state.calls.clone())
    }

    /// The Mac as it is now.
    pub fn mac(&self) -> Mac {
        self.with(|state| state.mac.clone())
    }

    fn with<T>(&self, see: impl FnOnce(&mut State) -> T) -> T {
        see(&mut self
            .state
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner))
    }
}

impl Runner for SimRunner {
    fn run(&self, call: &Call) -> Result<Answer, RunError> {
        self.with(|state| {
            let number = state.calls.len();
            state
                .calls
                .push(format!("{} {}", call.tool.name(), call.arg_strs().join(" ")));
            let dies = |after_the_tool| {
                state.kill_at
                    == Some(KillPoint {
                        call: number,
                        after_the_tool,
                    })
            };
            if dies(false) {
                resume_unwind(Box::new(Killed));
            }
            let (last, tool) = (dies(true), Tool::named(call.tool.name()));
            let tool = tool.ok_or_else(|| RunError::NotFound {
                path: PathBuf::from(call.tool.path()),
            })?;
            let honest = state.mac.knobs.lie;
            if state
                .lie_about
                .is_some_and(|argument| call.arg_strs().contains(&argument))
            {
                state.mac.knobs.lie = Lie::Always;
            }
            let answer = run_tool(&mut state.mac, tool, call, self.now);
            state.mac.knobs.lie = honest;
            if last {
                resume_unwind(Box::new(Killed));
            }
            Ok(answer)
        })
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

struct SimHost<'a> {
    mac: &'a mut Mac,
    stdin: VecDeque<u8>,
    talk: Option<Conversation<'a>>,
    shown: String,
    out: String,
    err: String,
    now: UnixMillis,
}

impl Host for SimHost<'_> {
    fn look(&mut self, see: &mut dyn FnMut(&Mac)) {
        see(self.mac);
    }

    fn change(&mut self, apply: &mut dyn FnMut(&mut Mac)) {
        apply(self.mac);
    }

    fn reach(&mut self, _stage: Stage) {}

    fn write_out(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn write_err(&mut self, text: &str) {
        self.err.push_str(text);
    }

    fn stdin_line(&mut self, limit: usize) -> Option<String> {
        if self.stdin.is_empty() {
            return None;
        }
        let line: Vec<u8> = std::iter::from_fn(|| self.stdin.pop_front())
            .take_while(|byte| *byte != b'\n')
            .collect();
        Some(String::from_utf8(line[..line.len().min(limit)].to_vec()).unwrap())
    }

    fn stdin_rest(&mut self) -> Vec<u8> {
        self.stdin.drain(..).collect()
    }

    fn has_terminal(&mut self) -> bool {
        self.talk.is_some()
    }

    fn ask_terminal(&mut self, prompt: &str, _echo: Echo, limit: usize) -> Option<String> {
        self.shown.push_str(prompt);
        match self.talk.as_mut()?.hear(prompt.as_bytes()) {
            Some(mac::Action::Type(bytes)) => {
                let typed = String::from_utf8(bytes.to_vec()).unwrap();
                self.shown.push('\n');
                Some(typed.trim_end_matches('\n').chars().take(limit).collect())
            }
            Some(mac::Action::HangUp) | None => None,
        }
    }

    fn now(&mut self) -> UnixMillis {
        self.now
    }
}
