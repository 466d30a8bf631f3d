//! What a tool answered.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use zeroize::Zeroizing;

/// What a tool answered to a [`Call`](crate::Call).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// How the tool ended.
    pub exit: Exit,
    /// What it wrote to standard output. Empty when the call had a terminal.
    pub stdout: Output,
    /// What it wrote to standard error. Empty when the call had a terminal.
    pub stderr: Output,
    /// What went over the terminal, when the call had one.
    pub terminal: Option<Terminal>,
}

/// What went over the terminal of a call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terminal {
    /// Everything that the tool wrote, and nothing that was typed.
    pub transcript: Output,
    /// How many prompts were answered.
    pub answered: usize,
    /// The tool asked for something that the call would not say, so it was stopped there.
    pub asked_too_much: bool,
}

/// How a tool ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Exit {
    /// It exited with this code.
    Code(i32),
    /// A signal ended it.
    Signal(i32),
}

/// Bytes that a tool wrote.
///
/// Some tools print a secret (a new recovery key), so these bytes are wiped when they are dropped, and `Debug`
/// shows how many there are and no more.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Output(Zeroizing<Vec<u8>>);

impl Answer {
    /// An answer of a call without a terminal.
    pub fn new(exit: Exit, stdout: impl Into<Output>, stderr: impl Into<Output>) -> Self {
        Self {
            exit,
            stdout: stdout.into(),
            stderr: stderr.into(),
            terminal: None,
        }
    }

    /// The same answer, with what went over the terminal.
    #[must_use]
    pub fn with_terminal(mut self, terminal: Terminal) -> Self {
        self.terminal = Some(terminal);
        self
    }

    /// Everything that the tool said, whichever way: terminal, standard error, standard output, in this order.
    pub fn everything_said(&self) -> Zeroizing<String> {
        let terminal = self
            .terminal
            .as_ref()
            .map_or(Cow::Borrowed(""), |terminal| terminal.transcript.text());
        let parts = [terminal, self.stderr.text(), self.stdout.text()];
        let mut said = Zeroizing::new(String::with_capacity(
            parts.iter().map(|part| part.len() + 1).sum(),
        ));
        for part in parts.iter().filter(|part| !part.is_empty()) {
            said.push_str(part);
            if !part.ends_with('\n') {
                said.push('\n');
            }
        }
        said
    }

    /// How many prompts were answered on the terminal; none when there was no terminal.
    pub fn answered(&self) -> usize {
        self.terminal.as_ref().map_or(0, |terminal| terminal.answered)
    }
}

impl Exit {
    /// Whether the tool exited with 0. Some tools do so even when they refuse.
    pub fn is_zero(self) -> bool {
        self == Self::Code(0)
    }

    /// The exit code, unless a signal ended the tool.
    pub fn code(self) -> Option<i32> {
        match self {
            Self::Code(code) => Some(code),
            Self::Signal(_) => None,
        }
    }
}

impl fmt::Display for Exit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(out, "exit {code}"),
            Self::Signal(signal) => write!(out, "signal {signal}"),
        }
    }
}

impl Output {
    /// The bytes as text; what is not UTF-8 becomes U+FFFD.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.0)
    }

    /// Adds bytes without leaving a copy of the earlier ones behind.
    pub(crate) fn push(&mut self, more: &[u8]) {
        if self.0.len() + more.len() > self.0.capacity() {
            let room = (self.0.len() + more.len()).next_power_of_two().max(1024);
            let mut larger = Zeroizing::new(Vec::with_capacity(room));
            larger.extend_from_slice(&self.0);
            self.0 = larger;
        }
        self.0.extend_from_slice(more);
    }
}

impl Deref for Output {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Output {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Output({} bytes)", self.0.len())
    }
}

impl From<Vec<u8>> for Output {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }
}

impl From<&[u8]> for Output {
    fn from(bytes: &[u8]) -> Self {
        Self(Zeroizing::new(bytes.to_vec()))
    }
}

impl From<&str> for Output {
    fn from(text: &str) -> Self {
        text.as_bytes().into()
    }
}

impl From<String> for Output {
    fn from(text: String) -> Self {
        text.into_bytes().into()
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, Exit, Output, Terminal};

    #[test]
    fn debug_shows_no_byte_of_an_output() {
        let answer = Answer::new(Exit::Code(0), "New personal recovery key = 'ORCHID'", "");
        let shown = format!("{answer:?}");
        assert!(!shown.contains("ORCHID") && shown.contains("36 bytes"), "{shown}");
    }

    #[test]
    fn everything_said_keeps_lines_apart() {
        let answer = Answer::new(Exit::Code(0), "out", "err\n").with_terminal(Terminal {
            transcript: "tty".into(),
            ..Terminal::default()
        });
        assert_eq!(answer.everything_said().as_str(), "tty\nerr\nout\n");
    }

    #[test]
    fn an_output_grows_by_pushing() {
        let mut output = Output::default();
        let mut plain = Vec::new();
        for number in 0..3_000_u32 {
            output.push(&number.to_le_bytes());
            plain.extend_from_slice(&number.to_le_bytes());
        }
        assert_eq!(&*output, plain.as_slice());
    }
}
