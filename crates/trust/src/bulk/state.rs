//! Where a bulk run stands.

use serde::{Deserialize, Serialize};

use crate::code::Code;

/// Where a bulk run stands.
///
/// ```text
/// preparing ──► running ──► finished
///     │          │   ▲
///     │          ▼   │ continued
///     │         stopped
///     └──────────┴─► cancelled | interrupted
/// ```
///
/// A run that is not `running` releases nothing. What agents have begun still ends, and is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    /// Its devices are planned and its actions sealed. Nothing is released before that is done.
    Preparing,
    /// Its actions are released as its terms say.
    Running,
    /// It releases nothing until somebody continues it.
    Stopped,
    /// Every device has its result.
    Finished,
    /// Somebody called it back; what had not begun is cancelled.
    Cancelled,
    /// The server ended while it was prepared; what was prepared is cancelled.
    Interrupted,
}

impl RunState {
    /// Every state.
    pub const ALL: [Self; 6] = [
        Self::Preparing,
        Self::Running,
        Self::Stopped,
        Self::Finished,
        Self::Cancelled,
        Self::Interrupted,
    ];

    /// The state's word, as in its JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Preparing => "preparing",
            Self::Running => "running",
            Self::Stopped => "stopped",
            Self::Finished => "finished",
            Self::Cancelled => "cancelled",
            Self::Interrupted => "interrupted",
        }
    }

    /// The state of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// What people are told of it, in a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Preparing => "Its Macs are planned, one by one. Nothing is sent before that is done.",
            Self::Running => "It goes through its Macs as its terms say.",
            Self::Stopped => "It sends nothing more until somebody continues it.",
            Self::Finished => "Every Mac has its result.",
            Self::Cancelled => "It was called back. What no Mac had begun is cancelled.",
            Self::Interrupted => "The server ended while it was prepared. Nothing was sent.",
        }
    }

    /// Whether nobody can make it go on any more. Its last actions may still be under way.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Finished | Self::Cancelled | Self::Interrupted)
    }
}

/// Whether a run's code tells of the run itself. What people ask for, a stop or a call back, leaves a code that tells of one
/// Mac's action; what is said of the run is its state then.
pub fn is_trouble_of_run(code: Code) -> bool {
    matches!(
        code,
        Code::BulkTooManyFailed | Code::BulkPlanChanged | Code::BulkInterrupted
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_have_the_words_of_their_json() {
        for state in RunState::ALL {
            assert_eq!(serde_json::to_value(state).unwrap(), state.word());
            assert_eq!(RunState::from_word(state.word()), Some(state));
        }
    }
}
