//! How the program ends: exit codes that scripts may rely on, and the failures behind them.

use std::process::ExitCode;

use crate::client::ClientError;

/// The exit codes. They never change their meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// What was asked is done and proved, or shown.
    Done = 0,
    /// The action was sent and ended otherwise: failed, refused by the agent, expired or cancelled.
    EndedBadly = 1,
    /// Wrong usage, or refused before anything was sent to a Mac.
    Refused = 2,
    /// The server could not be reached, or gave no usable answer; or something on this computer failed.
    NoAnswer = 3,
    /// The action still goes on.
    StillOpen = 4,
}

impl Exit {
    /// What the codes mean, for people; with the one by which shells tell that Ctrl-C ended a program.
    pub const MEANINGS: [(u8, &str); 6] = [
        (0, "done"),
        (1, "the action was sent and ended otherwise"),
        (2, "wrong usage, or refused before anything was sent to the Mac"),
        (
            3,
            "no usable answer from the server, or something on this computer failed",
        ),
        (4, "the action still goes on"),
        (
            130,
            "ended by Ctrl-C, as at a password prompt: no action was sent unless its id was told",
        ),
    ];

    /// The codes and their meanings, one a line.
    pub fn table() -> String {
        let lines = Self::MEANINGS.map(|(code, meaning)| format!("  {code:>3}  {meaning}"));
        format!("Exit codes:\n{}", lines.join("\n"))
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a command did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The person asked for something that cannot be: say what, and what to do.
    #[error("{0}")]
    Usage(String),
    /// The server refused, or did not answer.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// Something on this computer failed: a file, a terminal.
    #[error("{0:#}")]
    Local(#[from] anyhow::Error),
}

impl Failure {
    /// A failure that the person mends by asking otherwise.
    pub fn usage(text: impl Into<String>) -> Self {
        Self::Usage(text.into())
    }

    /// The exit code that stands for it.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Usage(_) | Self::Client(ClientError::Problem(_)) => Exit::Refused,
            Self::Client(_) | Self::Local(_) => Exit::NoAnswer,
        }
    }
}
