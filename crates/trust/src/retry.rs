//! Whether an action that did not come about is tried again.
//!
//! Only what left no trace is: nothing on the Mac was touched, and no password was tried, because each failed one counts
//! towards a lock-out. And only what may pass by itself, such as a tool that did not answer in time.

use std::time::Duration;

use crate::code::Code;
use crate::outcome::Outcome;
use crate::time::Timestamp;

/// How often an action is tried at most.
pub const MOST_TRIES: u32 = 3;

/// The pause after the first try. Each later one is four times as long.
const FIRST_PAUSE: Duration = Duration::from_secs(5);

impl Code {
    /// Whether what ended like this may come about a little later, when nothing has changed but the time.
    pub fn is_retry_safe(self) -> bool {
        matches!(self, Self::ToolFailed | Self::StateUnreadable)
    }
}

/// When an action is tried again whose try of this number ended like this at `now`; `None` when it is not. No try begins
/// after `not_after`.
pub fn tried_again_at(
    outcome: &Outcome,
    password_tried: bool,
    number: u32,
    now: Timestamp,
    not_after: Timestamp,
) -> Option<Timestamp> {
    let left_a_trace = outcome.touched_the_mac || password_tried;
    if left_a_trace || !outcome.code.is_retry_safe() || number >= MOST_TRIES {
        return None;
    }
    let at = now.plus(FIRST_PAUSE * 4_u32.pow(number.saturating_sub(1)));
    (at < not_after).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::Kind;

    fn ended(code: Code, touched_the_mac: bool) -> Outcome {
        Outcome {
            code,
            touched_the_mac,
            parts: Vec::new(),
            evidence: Vec::new(),
            edge: None,
            finished_at: Timestamp(0),
        }
    }

    #[test]
    fn pauses_grow_and_tries_come_to_an_end() {
        let again = |number| {
            let failed = ended(Code::ToolFailed, false);
            tried_again_at(&failed, false, number, Timestamp(0), Timestamp(i64::MAX))
        };
        assert_eq!(
            [1, 2, 3, 4].map(again),
            [Some(Timestamp(5_000)), Some(Timestamp(20_000)), None, None]
        );
    }

    #[test]
    fn only_what_left_no_trace_and_may_pass_is_tried_again() {
        for &code in Code::ALL {
            for (touched, password_tried) in [(false, false), (true, false), (false, true), (true, true)] {
                let ended = ended(code, touched);
                let again = tried_again_at(&ended, password_tried, 1, Timestamp(0), Timestamp(i64::MAX));
                let may = code.is_retry_safe() && !touched && !password_tried;
                assert_eq!(again.is_some(), may, "{code} {touched} {password_tried}");
            }
            if code.is_retry_safe() {
                assert_eq!(code.entry().kind, Kind::Failure, "{code}");
            }
        }
    }

    #[test]
    fn no_try_begins_too_late() {
        let failed = ended(Code::StateUnreadable, false);
        let again = |not_after| tried_again_at(&failed, false, 1, Timestamp(1_000), Timestamp(not_after));
        assert_eq!(again(6_000), None);
        assert_eq!(again(6_001), Some(Timestamp(6_000)));
    }
}
