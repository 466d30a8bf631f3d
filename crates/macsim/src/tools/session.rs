//! One running tool: its view of the Mac, its streams, and the few habits that all of Apple's tools share.

use super::Tool;
use super::host::{Echo, Host, Stage};
use crate::model::clock::UnixMillis;
use crate::model::mac::Mac;
use crate::rules::refusal::Circumstances;

/// `getpass` keeps this many bytes.
pub const GETPASS_LIMIT: usize = 128;

/// A tool's exit code.
pub type Exit = u8;

/// The tool's surroundings, as the tools see them.
pub struct Session<'a> {
    host: &'a mut dyn Host,
    tool: Tool,
    /// Who calls; 0 is root.
    pub uid: u32,
    process: (u32, u64),
    lied: bool,
}

impl<'a> Session<'a> {
    /// A session of `tool` on `host`.
    pub fn new(host: &'a mut dyn Host, tool: Tool, uid: u32, process: (u32, u64)) -> Self {
        Self {
            host,
            tool,
            uid,
            process,
            lied: false,
        }
    }

    /// Looks at the Mac as it is now.
    pub fn look<T>(&mut self, see: impl FnOnce(&Mac) -> T) -> T {
        let (mut see, mut seen) = (Some(see), None);
        self.host.look(&mut |mac| {
            if let Some(see) = see.take() {
                seen = Some(see(mac));
            }
        });
        #[expect(
            clippy::expect_used,
            reason = "a host that does not call back is a programming error"
        )]
        seen.expect("the host shows the Mac")
    }

    /// Changes something that is a side effect of asking, such as a count of wrong passwords.
    pub fn note<T>(&mut self, apply: impl FnOnce(&mut Mac) -> T) -> T {
        let (mut apply, mut result) = (Some(apply), None);
        self.host.change(&mut |mac| {
            if let Some(apply) = apply.take() {
                result = Some(apply(mac));
            }
        });
        #[expect(
            clippy::expect_used,
            reason = "a host that does not call back is a programming error"
        )]
        result.expect("the host changes the Mac")
    }

    /// Does what the tool was called for. This is where tests hold a tool, where it crashes, and where a
    /// lying Mac does everything on a copy and forgets it.
    pub fn effect<T>(&mut self, apply: impl FnOnce(&mut Mac) -> T) -> T {
        self.host.reach(Stage::BeforeEffect);
        let tool = self.tool.name();
        let (result, lied) = self.note(|mac| {
            if mac.knobs.take_lie(tool) {
                (apply(&mut mac.clone()), true)
            } else {
                (apply(mac), false)
            }
        });
        self.lied = lied;
        self.host.reach(Stage::AfterEffect);
        result
    }

    /// Whether the last effect was a lie.
    #[must_use]
    pub fn lied(&self) -> bool {
        self.lied
    }

    /// What the rules need to know about this call.
    pub fn circumstances(&mut self) -> Circumstances {
        Circumstances { now: self.host.now() }
    }

    /// What time it is.
    pub fn now(&mut self) -> UnixMillis {
        self.host.now()
    }

    /// Writes a line to standard output.
    pub fn out(&mut self, line: &str) {
        self.host.write_out(&format!("{line}\n"));
    }

    /// Writes text to standard output as it is.
    pub fn out_raw(&mut self, text: &str) {
        self.host.write_out(text);
    }

    /// Writes a line to standard error.
    pub fn err(&mut self, line: &str) {
        self.host.write_err(&format!("{line}\n"));
    }

    /// Writes a message the way NSLog does: on standard error, with time, tool and process in front.
    pub fn log(&mut self, message: &str) {
        let now = self.host.now().nslog();
        let (pid, tid) = self.process;
        let tool = self.tool.name();
        self.host
            .write_err(&format!("{now} {tool}[{pid}:{tid}] {message}\n"));
    }

    /// Whether somebody sits at a controlling terminal.
    pub fn has_terminal(&mut self) -> bool {
        self.host.has_terminal()
    }

    /// Asks for a password as `getpass` does: on the controlling terminal, or, without one, with the
    /// prompt on standard error and a line of at most `pipe_limit` bytes from the pipe.
    pub fn getpass(&mut self, prompt: &str, pipe_limit: usize) -> Option<String> {
        if self.host.has_terminal() {
            return self.host.ask_terminal(prompt, Echo::Off, GETPASS_LIMIT);
        }
        self.host.write_err(prompt);
        self.host.stdin_line(pipe_limit)
    }

    /// Asks for a line that may be seen: on the terminal, or from the pipe.
    pub fn ask(&mut self, prompt: &str) -> Option<String> {
        if self.host.has_terminal() {
            return self.host.ask_terminal(prompt, Echo::On, 1024);
        }
        self.host.write_out(prompt);
        self.host.stdin_line(1024)
    }

    /// One line of standard input, at most `limit` bytes of it.
    pub fn stdin_line(&mut self, limit: usize) -> Option<String> {
        self.host.stdin_line(limit)
    }

    /// All of standard input that is left.
    pub fn stdin_rest(&mut self) -> Vec<u8> {
        self.host.stdin_rest()
    }
}
