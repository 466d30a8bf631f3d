//! What a tool runs on. The same tool code serves a real process on a real terminal and a property test
//! in memory; only the host differs.

use crate::model::clock::UnixMillis;
use crate::model::mac::Mac;

/// Whether typed characters show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Echo {
    /// They do.
    On,
    /// They do not: a password.
    Off,
}

/// Where in its work a tool is; tests can hold it there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Everything is known, nothing has been changed.
    BeforeEffect,
    /// The change is stored, nothing has been said about it.
    AfterEffect,
}

/// The surroundings of one running tool.
pub trait Host {
    /// Shows the Mac as it is now.
    fn look(&mut self, see: &mut dyn FnMut(&Mac));

    /// Changes the Mac; nobody else changes it meanwhile. Must not wait for anything.
    fn change(&mut self, apply: &mut dyn FnMut(&mut Mac));

    /// The tool has come to `stage`. May block, may end the process.
    fn reach(&mut self, stage: Stage);

    /// Writes to standard output.
    fn write_out(&mut self, text: &str);

    /// Writes to standard error.
    fn write_err(&mut self, text: &str);

    /// One line of standard input without its end, at most `limit` bytes of it: what is longer stays for
    /// the next call, as with `fgets`. `None` at the end of input.
    fn stdin_line(&mut self, limit: usize) -> Option<String>;

    /// All of standard input that is left.
    fn stdin_rest(&mut self) -> Vec<u8>;

    /// Whether there is a controlling terminal.
    fn has_terminal(&mut self) -> bool;

    /// Shows `prompt` on the terminal and takes a line, at most `limit` bytes of it; the rest of the line
    /// is dropped, as `getpass` does. `None` if nothing can be read.
    fn ask_terminal(&mut self, prompt: &str, echo: Echo, limit: usize) -> Option<String>;

    /// What time it is.
    fn now(&mut self) -> UnixMillis;
}
