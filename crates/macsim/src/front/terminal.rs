//! The controlling terminal, as `getpass` and a plain prompt use it.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};

use nix::sys::termios::{LocalFlags, SetArg, Termios, tcgetattr, tcsetattr};

use crate::tools::host::Echo;
use crate::tools::memory_host::cut;

/// An open controlling terminal.
pub(super) struct Terminal {
    device: File,
}

impl Terminal {
    /// The controlling terminal, if this process has one and `MACSIM_TERMINAL=never` does not hide it (for
    /// callers that are started from somebody's terminal but want to be alone with their pipes).
    pub(super) fn open() -> Option<Self> {
        if std::env::var_os("MACSIM_TERMINAL").is_some_and(|value| value == "never") {
            return None;
        }
        OpenOptions::new()
            .read(true)
            .write(true)
            .open("/dev/tty")
            .ok()
            .map(|device| Self { device })
    }

    /// Shows the prompt and takes one line; what is longer than `limit` bytes is dropped.
    pub(super) fn ask(&mut self, prompt: &str, echo: Echo, limit: usize) -> Option<String> {
        let before = match echo {
            Echo::On => None,
            Echo::Off => Some(self.hide_typing()?),
        };
        let line = self
            .device
            .write_all(prompt.as_bytes())
            .ok()
            .and_then(|()| self.read_line());
        if let Some(before) = before {
            // The line end that was typed unseen.
            let _ = self.device.write_all(b"\n");
            let _ = tcsetattr(&self.device, SetArg::TCSAFLUSH, &before);
        }
        line.map(|line| cut(line, limit))
    }

    /// Turns the echo off. Like `readpassphrase`, this throws away what was typed too early.
    fn hide_typing(&self) -> Option<Termios> {
        let before = tcgetattr(&self.device).ok()?;
        let mut hidden = before.clone();
        hidden.local_flags.remove(LocalFlags::ECHO | LocalFlags::ECHONL);
        tcsetattr(&self.device, SetArg::TCSAFLUSH, &hidden).ok()?;
        Some(before)
    }

    fn read_line(&mut self) -> Option<Vec<u8>> {
        let mut line = Vec::new();
        let mut byte = [0];
        loop {
            match self.device.read(&mut byte) {
                Ok(0) | Err(_) if line.is_empty() => return None,
                Ok(0) | Err(_) => return Some(line),
                Ok(_) if byte[0] == b'\n' || byte[0] == b'\r' => return Some(line),
                Ok(_) => line.push(byte[0]),
            }
        }
    }
}
