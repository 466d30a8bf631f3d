//! A command at a terminal, with somebody who types.

use std::io::{Read as _, Write as _};
use std::process::{Child, Command};

use nix::sys::termios::{LocalFlags, tcgetattr};
use pty_process::blocking::Pty;

use super::wait;

/// A command at a terminal.
pub struct Terminal {
    pty: Pty,
    child: Child,
    shown: String,
}

impl Terminal {
    /// Starts `command` at a terminal of its own.
    pub fn start(command: Command) -> Self {
        Self::of_width(command, 100)
    }

    /// Starts `command` at a terminal with this many columns.
    pub fn of_width(command: Command, columns: u16) -> Self {
        let (pty, pts) = pty_process::blocking::open().unwrap();
        pty.resize(pty_process::Size::new(24, columns)).unwrap();
        let child = pty_process::blocking::Command::from(command).spawn(pts).unwrap();
        Self {
            pty,
            child,
            shown: String::new(),
        }
    }

    /// Waits until `prompt` is shown and what is typed is not, and types a line.
    pub fn type_unseen(&mut self, prompt: &str, line: &str) {
        self.wait_for(prompt);
        wait::until("the terminal to hide what is typed", || {
            let flags = tcgetattr(&self.pty).unwrap().local_flags;
            (!flags.contains(LocalFlags::ECHO)).then_some(())
        });
        self.pty.write_all(format!("{line}\n").as_bytes()).unwrap();
    }

    /// Waits until `prompt` is shown, and types a line that is shown as well.
    pub fn type_seen(&mut self, prompt: &str, line: &str) {
        self.wait_for(prompt);
        self.pty.write_all(format!("{line}\n").as_bytes()).unwrap();
    }

    fn wait_for(&mut self, prompt: &str) {
        while !self.shown.ends_with(prompt) {
            assert!(self.read(), "{prompt:?} was not shown, but: {}", self.shown);
        }
    }

    /// Everything that was shown up to the end, and the exit code.
    pub fn end(mut self) -> (String, i32) {
        while self.read() {}
        let status = self.child.wait().unwrap();
        (self.shown, status.code().unwrap_or(-1))
    }

    /// Reads what is shown next; false when nothing will be any more.
    fn read(&mut self) -> bool {
        let mut chunk = [0; 4096];
        // A terminal whose other side is closed answers with an error, at times once before its last words.
        let count = self.pty.read(&mut chunk).or_else(|_| self.pty.read(&mut chunk));
        let count = count.unwrap_or(0);
        self.shown.push_str(&String::from_utf8_lossy(&chunk[..count]));
        count > 0
    }
}
