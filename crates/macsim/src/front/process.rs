//! One tool as a real process.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::os::fd::AsFd;
use std::process::ExitCode;

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::unistd::{Pid, getppid};

use super::home::MacHome;
use super::terminal::Terminal;
use super::{hostility, locate, mdm};
use crate::model::clock::UnixMillis;
use crate::model::knobs::Knobs;
use crate::model::mac::Mac;
use crate::tools::host::{Echo, Host, Stage};
use crate::tools::memory_host::take_line;
use crate::tools::{Tool, run_on};

/// Exit code when there is no Mac to work on (sysexits: internal error).
const EX_SOFTWARE: u8 = 70;
/// Exit code of a tool that a broken pipe has ended.
const BROKEN_PIPE: i32 = 141;

/// Runs `tool` for this process's arguments, its own name included.
#[must_use]
pub fn run_tool(tool: Tool, argv: &[OsString]) -> ExitCode {
    let own_name = argv.first().cloned().unwrap_or_default();
    let Some(home) = locate::find(&own_name) else {
        eprintln!("macsim: no simulated Mac: set MACSIM or call the tool inside a Mac's directory");
        return ExitCode::from(EX_SOFTWARE);
    };
    let knobs = match home.load() {
        Ok(mac) => mac.knobs,
        Err(error) => {
            eprintln!("macsim: {error}");
            return ExitCode::from(EX_SOFTWARE);
        }
    };
    let uid = std::env::var("MACSIM_UID")
        .ok()
        .and_then(|uid| uid.parse().ok())
        .unwrap_or(0);
    let started = home.record_start(tool.name(), argv, uid);
    if Knobs::names(&knobs.hang, tool.name()) {
        hostility::hang();
    }
    hostility::take_time(&knobs, tool.name());
    let args: Vec<String> = argv
        .iter()
        .skip(1)
        .map(|arg| arg.to_string_lossy().into_owned())
        .collect();
    let pid = std::process::id();
    let mut host = ProcessHost {
        home: home.clone(),
        tool,
        args: args.clone(),
        parent: getppid(),
        stdin: VecDeque::new(),
        terminal: None,
    };
    let mut work = || run_on(&mut host, tool, &args, uid, (pid, u64::from(pid) * 10 + 1));
    let exit = if tool.asks_mdm(&args) {
        mdm::with_server(&home, work).unwrap_or_else(|error| {
            eprintln!("profiles: {error}");
            1
        })
    } else {
        work()
    };
    if let Ok(started) = started {
        let _ = home.record_end(started, exit);
    }
    ExitCode::from(exit)
}

struct ProcessHost {
    home: MacHome,
    tool: Tool,
    args: Vec<String>,
    parent: Pid,
    stdin: VecDeque<u8>,
    /// Opened when first asked for; `Some(None)` is "there is none".
    terminal: Option<Option<Terminal>>,
}

impl ProcessHost {
    fn terminal(&mut self) -> Option<&mut Terminal> {
        self.terminal.get_or_insert_with(Terminal::open).as_mut()
    }

    /// Reads until `enough` is satisfied or input ends.
    fn fill(&mut self, enough: impl Fn(&VecDeque<u8>) -> bool) {
        let mut chunk = [0; 4096];
        while !enough(&self.stdin) {
            match io::stdin().lock().read(&mut chunk) {
                Ok(0) | Err(_) => return,
                Ok(count) => self.stdin.extend(&chunk[..count]),
            }
        }
    }
}

impl Host for ProcessHost {
    fn look(&mut self, see: &mut dyn FnMut(&Mac)) {
        match self.home.load() {
            Ok(mac) => see(&mac),
            Err(error) => give_up(&error),
        }
    }

    fn change(&mut self, apply: &mut dyn FnMut(&mut Mac)) {
        if let Err(error) = self.home.change(|mac| apply(mac)) {
            give_up(&error);
        }
    }

    fn reach(&mut self, stage: Stage) {
        let parent = self.parent;
        let gone = || getppid() != parent || output_is_broken();
        if !self.home.wait_at(self.tool.name(), &self.args, stage, &gone) {
            std::process::exit(BROKEN_PIPE);
        }
        let crashes = self
            .home
            .load()
            .is_ok_and(|mac| Knobs::names(&mac.knobs.crash_after_effect, self.tool.name()));
        if stage == Stage::AfterEffect && crashes {
            hostility::crash();
        }
    }

    fn write_out(&mut self, text: &str) {
        let mut out = io::stdout().lock();
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }

    fn write_err(&mut self, text: &str) {
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    fn stdin_line(&mut self, limit: usize) -> Option<String> {
        self.fill(|buffer| buffer.len() > limit || buffer.contains(&b'\n'));
        take_line(&mut self.stdin, limit)
    }

    fn stdin_rest(&mut self) -> Vec<u8> {
        self.fill(|_| false);
        self.stdin.drain(..).collect()
    }

    fn has_terminal(&mut self) -> bool {
        self.terminal().is_some()
    }

    fn ask_terminal(&mut self, prompt: &str, echo: Echo, limit: usize) -> Option<String> {
        self.terminal()?.ask(prompt, echo, limit)
    }

    fn now(&mut self) -> UnixMillis {
        #[expect(
            clippy::disallowed_methods,
            reason = "the edge of a simulated tool's process: its Mac's clock"
        )]
        let now = jiff::Timestamp::now();
        UnixMillis(now.as_millisecond())
    }
}

/// Whether nobody reads what this tool writes any more.
fn output_is_broken() -> bool {
    let out = io::stdout();
    let mut fds = [PollFd::new(out.as_fd(), PollFlags::empty())];
    let broken = PollFlags::POLLERR | PollFlags::POLLHUP;
    poll(&mut fds, PollTimeout::ZERO).is_ok_and(|ready| ready > 0)
        && fds[0].revents().is_some_and(|events| events.intersects(broken))
}

fn give_up(error: &super::home::HomeError) -> ! {
    eprintln!("macsim: {error}");
    std::process::exit(i32::from(EX_SOFTWARE));
}
