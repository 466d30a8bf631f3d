//! Where an action stands on its way.

use serde::{Deserialize, Serialize};

/// Where an action stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ActionState {
    /// Accepted and stored.
    Queued,
    /// Shown to the device's agent.
    Offered,
    /// The agent has begun.
    Running,
    /// Done, and proved by reading the Mac back.
    Succeeded,
    /// Tried, and it did not come about.
    Failed,
    /// The agent declined before it touched anything.
    Refused,
    /// Its time ran out before an agent began.
    Expired,
    /// Called back before an agent began.
    Cancelled,
}

impl ActionState {
    /// Every state.
    pub const ALL: [Self; 8] = [
        Self::Queued,
        Self::Offered,
        Self::Running,
        Self::Succeeded,
        Self::Failed,
        Self::Refused,
        Self::Expired,
        Self::Cancelled,
    ];

    /// Whether nothing will happen to it any more.
    pub fn is_final(self) -> bool {
        !matches!(self, Self::Queued | Self::Offered | Self::Running)
    }

    /// Whether an agent may still begin it, so that it can also still be cancelled or expire.
    pub fn is_waiting(self) -> bool {
        matches!(self, Self::Queued | Self::Offered)
    }

    /// The state's word, as in its JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Offered => "offered",
            Self::Running => "running",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Refused => "refused",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}
