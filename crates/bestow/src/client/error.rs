//! What a server says when it does not do what was asked, and what is said when it says nothing.

use serde::Deserialize;

use super::enrolment::BadLine;
use super::plan::PlanView;
use super::reach;

/// Why a request brought nothing.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The server said why not.
    #[error("{}", .0.title)]
    Problem(Box<Problem>),
    /// Nobody answers at the address.
    #[error("reach {address}: {}", reach::explained(.source, .address))]
    Unreachable {
        /// The server's address.
        address: String,
        /// Why.
        source: reqwest::Error,
    },
    /// Somebody takes the connection, but no answer came in time.
    #[error("wait for {address}: no answer in time")]
    TimedOut {
        /// The server's address.
        address: String,
    },
    /// Something answered, but not a Bestow server.
    #[error("read the answer of {address}: {why} (HTTP status {status})")]
    NotOurs {
        /// The server's address.
        address: String,
        /// The status it answered with.
        status: u16,
        /// What is wrong with the answer.
        why: String,
    },
}

impl ClientError {
    /// Whether the same request may bring more a moment later.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Problem(problem) => is_passing_status(problem.status),
            Self::Unreachable { .. } | Self::TimedOut { .. } => true,
            Self::NotOurs { status, .. } => is_passing_status(*status),
        }
    }
}

fn is_passing_status(status: u16) -> bool {
    matches!(status, 429 | 502 | 503 | 504)
}

/// A refusal as RFC 9457 tells it, with Bestow's extensions.
#[derive(Debug, Clone, Deserialize)]
pub struct Problem {
    /// One line that names the problem.
    pub title: String,
    /// The HTTP status.
    #[serde(default)]
    pub status: u16,
    /// What is special about this occurrence.
    #[serde(default)]
    pub detail: Option<String>,
    /// The stable code.
    #[serde(default)]
    pub code: Option<String>,
    /// The field that breaks a rule.
    #[serde(default)]
    pub field: Option<String>,
    /// The rule it breaks.
    #[serde(default)]
    pub rule: Option<String>,
    /// What to do next.
    #[serde(default)]
    pub next_step: Option<String>,
    /// The plan that failed, or that is no longer the one that was seen.
    #[serde(default)]
    pub plan: Option<PlanView>,
    /// Lines of a table that cannot be taken.
    #[serde(default)]
    pub bad_lines: Vec<BadLine>,
    /// The server's own JSON.
    #[serde(skip)]
    pub json: String,
}
