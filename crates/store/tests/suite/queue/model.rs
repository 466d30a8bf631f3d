//! The rules of the queue once more, in a few lines.

use trust::action::ActionState;
use trust::time::Timestamp;

/// One action as it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Modelled {
    pub device: u8,
    pub state: ActionState,
    pub held: bool,
    pub not_before: Option<Timestamp>,
    pub not_after: Timestamp,
    /// How often it came to an end.
    pub ends: u32,
}

impl Modelled {
    pub fn queued(device: u8, held: bool, not_before: Option<Timestamp>, not_after: Timestamp) -> Self {
        Self {
            device,
            state: ActionState::Queued,
            held,
            not_before,
            not_after,
            ends: 0,
        }
    }

    /// Whether its device's agent may be shown it, and may begin it.
    pub fn is_open(&self, now: Timestamp) -> bool {
        let has_begun = self.not_before.is_none_or(|begins| begins <= now);
        self.state.is_waiting() && !self.held && has_begun && self.not_after > now
    }

    pub fn ends(&mut self, state: ActionState) {
        assert!(!self.state.is_final(), "it ends twice: {self:?}");
        self.state = state;
        self.held = false;
        self.ends += 1;
    }
}
