//! A host without processes and files: a Mac in memory, scripted input, collected output.

use std::collections::VecDeque;

use super::host::{Echo, Host, Stage};
use super::invocation::{Invocation, Output};
use crate::model::clock::UnixMillis;
use crate::model::mac::Mac;

pub(super) struct MemoryHost<'a> {
    mac: &'a mut Mac,
    stdin: VecDeque<u8>,
    terminal: Option<VecDeque<String>>,
    now: UnixMillis,
    pub(super) output: Output,
}

impl<'a> MemoryHost<'a> {
    pub(super) fn new(mac: &'a mut Mac, invocation: &Invocation) -> Self {
        Self {
            mac,
            stdin: invocation.stdin.iter().copied().collect(),
            terminal: invocation.terminal.clone().map(VecDeque::from),
            now: invocation.now,
            output: Output::default(),
        }
    }
}

impl Host for MemoryHost<'_> {
    fn look(&mut self, see: &mut dyn FnMut(&Mac)) {
        see(self.mac);
    }

    fn change(&mut self, apply: &mut dyn FnMut(&mut Mac)) {
        apply(self.mac);
    }

    fn reach(&mut self, _stage: Stage) {}

    fn write_out(&mut self, text: &str) {
        self.output.stdout.push_str(text);
    }

    fn write_err(&mut self, text: &str) {
        self.output.stderr.push_str(text);
    }

    fn stdin_line(&mut self, limit: usize) -> Option<String> {
        take_line(&mut self.stdin, limit)
    }

    fn stdin_rest(&mut self) -> Vec<u8> {
        self.stdin.drain(..).collect()
    }

    fn has_terminal(&mut self) -> bool {
        self.terminal.is_some()
    }

    fn ask_terminal(&mut self, prompt: &str, echo: Echo, limit: usize) -> Option<String> {
        self.output.terminal.push_str(prompt);
        let line = self.terminal.as_mut()?.pop_front()?;
        if echo == Echo::On {
            self.output.terminal.push_str(&line);
        }
        self.output.terminal.push('\n');
        Some(cut(line.into_bytes(), limit))
    }

    fn now(&mut self) -> UnixMillis {
        self.now
    }
}

/// Takes a line off the front: up to its end, or `limit` bytes of it.
pub(crate) fn take_line(buffer: &mut VecDeque<u8>, limit: usize) -> Option<String> {
    if buffer.is_empty() {
        return None;
    }
    let mut line = Vec::new();
    while line.len() < limit {
        match buffer.pop_front() {
            None | Some(b'\n') => return Some(cut(line, limit)),
            Some(byte) => line.push(byte),
        }
    }
    // A line end right behind a full buffer still belongs to this line.
    if buffer.front() == Some(&b'\n') {
        buffer.pop_front();
    }
    Some(cut(line, limit))
}

/// At most `limit` bytes, as text.
pub(crate) fn cut(mut bytes: Vec<u8>, limit: usize) -> String {
    bytes.truncate(limit);
    String::from_utf8_lossy(&bytes).into_owned()
}
