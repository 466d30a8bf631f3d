//! A child process that cannot outlive its test.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};

use super::wait;

/// A running child. It is killed, by its id, when the test lets go of it.
pub struct Running {
    child: Child,
    lines: Option<BufReader<ChildStdout>>,
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
        let lines = child.stdout.take().map(BufReader::new);
        Self { child, lines }
    }

    /// Reads standard output up to the first line that `wanted` finds something in.
    pub fn read_until<T>(&mut self, wanted: impl Fn(&str) -> Option<T>) -> T {
        let lines = self.lines.as_mut().unwrap();
        let mut said = String::new();
        loop {
            let mut line = String::new();
            let count = lines.read_line(&mut line).unwrap();
            assert!(count > 0, "the process ended after it had said: {said}");
            if let Some(found) = wanted(line.trim_end()) {
                return found;
            }
            said.push_str(&line);
        }
    }

    /// What other people on the computer can see of it: its arguments and its environment.
    #[cfg(target_os = "linux")]
    pub fn seen_from_outside(&self) -> Vec<u8> {
        let process = Path::new("/proc").join(self.child.id().to_string());
        let read = |file| std::fs::read(process.join(file)).unwrap();
        [read("cmdline"), read("environ")].concat()
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

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
