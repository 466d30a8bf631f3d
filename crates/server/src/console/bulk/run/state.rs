//! Where a run stands.

use maud::Markup;
use trust::bulk::RunState;

use crate::console::components::{Tone, badge};

/// Where a run stands, in a word.
pub(in crate::console::bulk) fn state_badge(state: RunState) -> Markup {
    let tone = match state {
        RunState::Finished => Tone::Good,
        RunState::Stopped => Tone::Bad,
        RunState::Interrupted => Tone::Warn,
        RunState::Preparing | RunState::Running | RunState::Cancelled => Tone::Idle,
    };
    badge(tone, state.word())
}
