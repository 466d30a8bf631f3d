//! What a tool has written so far, up to the limit of the call.

use secrecy::SecretString;
use zeroize::Zeroizing;

use super::scrub::scrub;
use super::spawn::Stream;
use crate::{Answer, Exit, Output, Terminal};

#[derive(Default)]
pub(super) struct Collected {
    stdout: Output,
    stderr: Output,
    terminal: Output,
}

impl Collected {
    /// Adds what was heard. Answers whether it still fits.
    pub(super) fn add(&mut self, stream: Stream, bytes: &Zeroizing<Vec<u8>>, limit: usize) -> bool {
        if self.length() + bytes.len() > limit {
            return false;
        }
        match stream {
            Stream::Stdout => self.stdout.push(bytes),
            Stream::Stderr => self.stderr.push(bytes),
            Stream::Terminal => self.terminal.push(bytes),
        }
        true
    }

    /// The answer, without these secrets.
    pub(super) fn answer(&self, exit: Exit, secrets: &[&SecretString], terminal: Option<Terminal>) -> Answer {
        Answer {
            exit,
            stdout: scrub(&self.stdout, secrets),
            stderr: scrub(&self.stderr, secrets),
            terminal: terminal.map(|terminal| Terminal {
                transcript: scrub(&self.terminal, secrets),
                ..terminal
            }),
        }
    }

    fn length(&self) -> usize {
        self.stdout.len() + self.stderr.len() + self.terminal.len()
    }
}
