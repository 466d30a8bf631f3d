//! The border between this crate and whatever runs the tools.

use std::path::PathBuf;
use std::time::Duration;

use crate::{Answer, Call};

/// Runs calls. [`ProcessRunner`](crate::ProcessRunner) is the real one; tests put a model behind it.
pub trait Runner: Send + Sync {
    /// Runs one call to its end and gives the answer, whatever the exit code.
    ///
    /// # Errors
    /// When there is no answer to give: the tool is missing, was stopped, or could not be talked to.
    fn run(&self, call: &Call) -> Result<Answer, RunError>;
}

/// Why a call has no answer.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// This system has no such tool.
    #[error("no tool at {path}")]
    NotFound {
        /// Where the tool was looked for.
        path: PathBuf,
    },
    /// The tool took too long and was stopped, with everything that it had started. It may have done its work.
    #[error("no answer within {} s", after.as_secs_f32())]
    TimedOut {
        /// The time that the call allowed.
        after: Duration,
        /// What it had said until then. It stays out of the error's text: some tools print a secret.
        so_far: Box<Answer>,
    },
    /// The tool wrote more than the call allowed and was stopped. It may have done its work.
    #[error("more than {limit} bytes of output")]
    TooMuchOutput {
        /// The number of bytes that the call allowed.
        limit: usize,
    },
    /// The operating system refused something.
    #[error("{doing}")]
    Io {
        /// What was being done.
        doing: &'static str,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
}

impl<R: Runner + ?Sized> Runner for &R {
    fn run(&self, call: &Call) -> Result<Answer, RunError> {
        (**self).run(call)
    }
}

impl<R: Runner + ?Sized> Runner for Box<R> {
    fn run(&self, call: &Call) -> Result<Answer, RunError> {
        (**self).run(call)
    }
}

impl<R: Runner + ?Sized> Runner for std::sync::Arc<R> {
    fn run(&self, call: &Call) -> Result<Answer, RunError> {
        (**self).run(call)
    }
}
