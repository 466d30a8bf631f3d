//! One call of a tool and what came of it, as plain data for tests without processes.

use super::Tool;
use crate::model::clock::UnixMillis;

/// A call: everything a tool can know about its caller.
#[derive(Clone, Debug)]
pub struct Invocation {
    /// Which tool.
    pub tool: Tool,
    /// Its arguments, without the tool's own name.
    pub args: Vec<String>,
    /// Everything on standard input.
    pub stdin: Vec<u8>,
    /// The controlling terminal: the lines somebody will type, in order. `None` is a call without one.
    pub terminal: Option<Vec<String>>,
    /// Who calls; 0 is root.
    pub uid: u32,
    /// What time it is, for the whole call.
    pub now: UnixMillis,
    /// Process and thread number in NSLog prefixes.
    pub process: (u32, u64),
}

impl Invocation {
    /// A call by root without input, terminal or a clock.
    #[must_use]
    pub fn new<A: Into<String>>(tool: Tool, args: impl IntoIterator<Item = A>) -> Self {
        Self {
            tool,
            args: args.into_iter().map(Into::into).collect(),
            stdin: Vec::new(),
            terminal: None,
            uid: 0,
            now: UnixMillis::default(),
            process: (100, 100),
        }
    }

    /// The same call with this on standard input.
    #[must_use]
    pub fn stdin(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.stdin = bytes.into();
        self
    }

    /// The same call on a terminal at which these lines are typed.
    #[must_use]
    pub fn typed<A: Into<String>>(mut self, lines: impl IntoIterator<Item = A>) -> Self {
        self.terminal = Some(lines.into_iter().map(Into::into).collect());
        self
    }

    /// The same call at another time.
    #[must_use]
    pub fn at(mut self, now: UnixMillis) -> Self {
        self.now = now;
        self
    }
}

/// What a call left behind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Output {
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
    /// What the terminal showed: prompts, and typed lines where the tool echoes them.
    pub terminal: String,
    /// Exit code.
    pub exit: u8,
}
