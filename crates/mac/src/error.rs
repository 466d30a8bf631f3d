//! Why a driver has no answer to give.

use crate::{BadArg, Exit, RunError, Tool, Unfeedable};

/// Why a driver has no answer to give. What a tool *refused* is not an error but an answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The tool could not be run to its end.
    #[error("run {tool}")]
    Run {
        /// The tool.
        tool: Tool,
        /// What stopped it.
        #[source]
        source: RunError,
    },
    /// A secret cannot take the way that the tool offers. The tool was not run.
    #[error("hand a secret to {tool}")]
    Unfeedable {
        /// The tool.
        tool: Tool,
        /// What is wrong with the secret.
        #[source]
        source: Unfeedable,
    },
    /// A value cannot be an argument of the tool. The tool was not run.
    #[error("give {tool} an argument")]
    BadArg {
        /// The tool.
        tool: Tool,
        /// What is wrong with the value.
        #[source]
        source: BadArg,
    },
    /// The tool answered in a way that this crate does not know.
    #[error("read the answer of {tool} ({exit}): {said:?}")]
    Unreadable {
        /// The tool.
        tool: Tool,
        /// How it ended.
        exit: Exit,
        /// An excerpt of what it said, without secrets.
        said: String,
    },
}

impl Error {
    pub(crate) fn run(tool: Tool) -> impl FnOnce(RunError) -> Self {
        move |source| Self::Run { tool, source }
    }

    pub(crate) fn unfeedable(tool: Tool) -> impl FnOnce(Unfeedable) -> Self {
        move |source| Self::Unfeedable { tool, source }
    }

    pub(crate) fn bad_arg(tool: Tool) -> impl FnOnce(BadArg) -> Self {
        move |source| Self::BadArg { tool, source }
    }

    /// The tool of which there is no answer.
    pub fn tool(&self) -> Tool {
        match self {
            Self::Run { tool, .. }
            | Self::Unfeedable { tool, .. }
            | Self::BadArg { tool, .. }
            | Self::Unreadable { tool, .. } => *tool,
        }
    }
}
