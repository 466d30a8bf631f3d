//! A child process that cannot outlive its test.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use super::wait;

/// The longest that a process may take to say what it is waited for: a demo starts a server and many agents first.
const PATIENCE: Duration = wait::BOUND.saturating_mul(4);

/// A running child. It is killed, by its id, when the test lets go of it.
pub struct Running {
    child: Child,
    lines: Receiver<String>,
}

/// A command for `program` that inherits nothing of the test's environment but what processes need.
#[expect(
    clippy::disallowed_methods,
    reason = "end-to-end tests start the program under test"
)]
pub fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.env_clear();
    for name in ["PATH", "LLVM_PROFILE_FILE"] {
        command.envs(std::env::var_os(name).map(|value| (name, value)));
    }
    command.env("TZ", "UTC");
    command
}

impl Running {
    /// Starts `command` with a pipe to its standard input; what it says goes to the end of `log`.
    pub fn start(command: &mut Command, log: &Path) -> Self {
        let log = File::options().create(true).append(true).open(log).unwrap();
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let lines = lines_of(child.stdout.take().unwrap());
        Self { child, lines }
    }

    /// Reads standard output up to the first line that `wanted` finds something in.
    pub fn read_until<T>(&mut self, wanted: impl Fn(&str) -> Option<T>) -> T {
        let begun = Instant::now();
        let mut said = String::new();
        loop {
            let line = match self.lines.recv_timeout(PATIENCE.saturating_sub(begun.elapsed())) {
                Ok(line) => line,
                Err(RecvTimeoutError::Disconnected) => {
                    panic!("the process ended after it had said: {said}")
                }
                Err(RecvTimeoutError::Timeout) => panic!("waited {PATIENCE:?}; the process said: {said}"),
            };
            if let Some(found) = wanted(&line) {
                return found;
            }
            said.push_str(&line);
            said.push('\n');
        }
    }

    /// What other people on the computer can see of it: its arguments and its environment.
    #[cfg(target_os = "linux")]
    pub fn seen_from_outside(&self) -> Vec<u8> {
        let process = Path::new("/proc").join(self.child.id().to_string());
        let read = |file| std::fs::read(process.join(file)).unwrap();
        [read("cmdline"), read("environ")].concat()
    }

    /// How many files it may have open.
    #[cfg(target_os = "linux")]
    pub fn open_files(&self) -> (u64, u64) {
        let process = Path::new("/proc").join(self.child.id().to_string());
        let limits = std::fs::read_to_string(process.join("limits")).unwrap();
        let line = limits
            .lines()
            .find_map(|line| line.strip_prefix("Max open files"))
            .unwrap();
        let mut numbers = line
            .split_whitespace()
            .map(|number| number.parse().unwrap_or(u64::MAX));
        (numbers.next().unwrap(), numbers.next().unwrap())
    }

    /// Kills it by SIGKILL, which nothing can refuse.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Sends it a signal.
    pub fn signal(&self, signal: nix::sys::signal::Signal) {
        let id = nix::unistd::Pid::from_raw(self.child.id().try_into().unwrap());
        nix::sys::signal::kill(id, signal).unwrap();
    }

    /// Closes its standard input and waits for its end.
    pub fn close_stdin(mut self) -> ExitStatus {
        drop(self.child.stdin.take());
        self.ended()
    }

    /// Waits for its end.
    pub fn wait(mut self) -> ExitStatus {
        self.ended()
    }

    fn ended(&mut self) -> ExitStatus {
        wait::until("a process to end", || self.child.try_wait().unwrap())
    }
}

/// The lines of a pipe as they come. Reading waits for as long as nothing is said, so another thread does it; it ends with
/// the process.
fn lines_of(pipe: ChildStdout) -> Receiver<String> {
    let (sender, lines) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            // Nobody has to listen to the end.
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    lines
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
