//! One question to one tool.

use std::time::Duration;

use crate::{Arg, Feed, Tool};

/// One question to one tool. `Debug` shows the arguments, which are no secret, and the shape of the feed.
#[derive(Debug)]
pub struct Call {
    /// The tool to run.
    pub tool: Tool,
    /// Its arguments, without the name of the tool. Every process on the Mac can read them.
    pub args: Vec<Arg>,
    /// What the tool gets to read.
    pub feed: Feed,
    /// How long it may take until it is stopped.
    pub timeout: Duration,
    /// How many bytes it may write, over all streams, until it is stopped.
    pub output_limit: usize,
}

impl Call {
    /// The time that a call may take unless it says otherwise.
    pub const TIMEOUT: Duration = Duration::from_secs(30);
    /// The output that a call may give unless it says otherwise: room for some thousand user records.
    pub const OUTPUT_LIMIT: usize = 8 << 20;

    /// A call that reads nothing, with the usual bounds.
    pub fn new(tool: Tool, args: impl IntoIterator<Item = Arg>) -> Self {
        Self {
            tool,
            args: args.into_iter().collect(),
            feed: Feed::nothing(),
            timeout: Self::TIMEOUT,
            output_limit: Self::OUTPUT_LIMIT,
        }
    }

    /// A call whose arguments are all part of this program.
    pub fn fixed<const N: usize>(tool: Tool, args: [&'static str; N]) -> Self {
        Self::new(tool, args.map(Arg::from))
    }

    /// The same call with something to read.
    #[must_use]
    pub fn feed(mut self, feed: Feed) -> Self {
        self.feed = feed;
        self
    }

    /// The same call with another time bound.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The same call with another bound of its output, in bytes.
    #[must_use]
    pub fn output_limit(mut self, bytes: usize) -> Self {
        self.output_limit = bytes;
        self
    }

    /// The arguments as texts, for runners that match on them.
    pub fn arg_strs(&self) -> Vec<&str> {
        self.args.iter().map(Arg::as_str).collect()
    }
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::Call;
    use crate::{Feed, Prompt, PromptAnswer, Tool};

    #[test]
    fn debug_of_a_call_shows_no_secret() {
        let secret = || SecretString::from("orchid-7");
        let lines = Feed::lines([secret(), secret()]).expect("two lines");
        let typed = Feed::terminal([PromptAnswer::secret(Prompt::is("Password:"), secret()).expect("short")]);
        for feed in [lines, typed] {
            let shown = format!(
                "{:?}",
                Call::fixed(Tool::Sysadminctl, ["-password", "-"]).feed(feed)
            );
            assert!(
                shown.contains("-password") && !shown.contains("orchid"),
                "{shown}"
            );
        }
    }
}
