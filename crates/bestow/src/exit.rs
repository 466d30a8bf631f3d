//! How the program ends: exit codes that scripts may rely on, and the failures behind them.

use std::process::ExitCode;

use serde_json::json;
use trust::code::Code;

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
    #[error("{text}")]
    Usage {
        /// What and why not.
        text: String,
        /// The code of the catalogue that fits.
        code: Option<Code>,
    },
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
        Self::Usage {
            text: text.into(),
            code: None,
        }
    }

    /// A failure because there is no such thing.
    pub fn not_found(text: impl Into<String>) -> Self {
        Self::Usage {
            text: text.into(),
            code: Some(Code::NotFound),
        }
    }

    /// It as programs read it: what the server said, or a problem (RFC 9457) of our own.
    pub fn json(&self) -> String {
        let (title, code) = match self {
            Self::Client(ClientError::Problem(problem)) => return problem.json.clone(),
            Self::Usage { code, .. } => {
                let title = code.map_or("The command cannot be carried out as it stands", |code| {
                    code.entry().title
                });
                (title, *code)
            }
            Self::Client(_) => ("The server gave no usable answer", None),
            Self::Local(_) => ("Something on this computer failed", None),
        };
        json!({ "title": title, "detail": self.to_string(), "code": code }).to_string()
    }

    /// The exit code that stands for it.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Usage { .. } | Self::Client(ClientError::Problem(_)) => Exit::Refused,
            Self::Client(_) | Self::Local(_) => Exit::NoAnswer,
        }
    }
}
