//! How far a run has come, in numbers.

use serde::{Deserialize, Serialize};

use super::Readiness;
use crate::action::ActionState;

/// How many devices of a run stand where. Those that got an action are counted by its state, the others by what they lack.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RunProgress {
    /// All of them.
    pub devices: u64,
    /// Those that got an action.
    pub ready: u64,
    /// Those that need other credentials.
    pub needs_credential: u64,
    /// Those that need a person.
    pub needs_person: u64,
    /// Those that had already what is asked for.
    pub done: u64,
    /// Actions that the run holds.
    pub held: u64,
    /// Released, and not shown to their agents yet.
    pub queued: u64,
    /// Shown to their agents.
    pub offered: u64,
    /// Begun.
    pub running: u64,
    /// Done, and proved.
    pub succeeded: u64,
    /// Tried, and it did not come about.
    pub failed: u64,
    /// Declined by their agents.
    pub refused: u64,
    /// Out of time.
    pub expired: u64,
    /// Called back.
    pub cancelled: u64,
    /// How many came to which code, of actions that have ended and of devices that got none; the most first.
    pub codes: Vec<CodeCount>,
}

/// How many devices came to a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CodeCount {
    /// The code. A program that is older than the server may not know it.
    #[cfg_attr(feature = "openapi", schema(value_type = crate::code::Code))]
    pub code: String,
    /// The code in a line.
    pub title: String,
    /// What these devices lack; `ready` where the action has ended with the code.
    #[cfg_attr(feature = "openapi", schema(value_type = Readiness))]
    #[serde(default)]
    pub readiness: String,
    /// How many.
    pub count: u64,
}

impl RunProgress {
    /// How many devices lack this.
    pub fn lacking(&self, readiness: Readiness) -> u64 {
        match readiness {
            Readiness::Ready => self.ready,
            Readiness::NeedsCredential => self.needs_credential,
            Readiness::NeedsPerson => self.needs_person,
            Readiness::Done => self.done,
        }
    }

    /// How many actions have ended.
    pub fn ended(&self) -> u64 {
        self.succeeded + self.failed + self.refused + self.expired + self.cancelled
    }

    /// Whether no agent is at work.
    pub fn is_quiet(&self) -> bool {
        self.offered + self.running == 0
    }

    /// Counts devices that lack this.
    pub fn add_devices(&mut self, readiness: Readiness, count: u64) {
        self.devices += count;
        *match readiness {
            Readiness::Ready => &mut self.ready,
            Readiness::NeedsCredential => &mut self.needs_credential,
            Readiness::NeedsPerson => &mut self.needs_person,
            Readiness::Done => &mut self.done,
        } += count;
    }

    /// Counts actions that stand so; `held` tells those that wait because the run holds them back.
    pub fn add_actions(&mut self, state: ActionState, held: bool, count: u64) {
        *match state {
            ActionState::Queued if held => &mut self.held,
            ActionState::Queued => &mut self.queued,
            ActionState::Offered => &mut self.offered,
            ActionState::Running => &mut self.running,
            ActionState::Succeeded => &mut self.succeeded,
            ActionState::Failed => &mut self.failed,
            ActionState::Refused => &mut self.refused,
            ActionState::Expired => &mut self.expired,
            ActionState::Cancelled => &mut self.cancelled,
        } += count;
    }
}
