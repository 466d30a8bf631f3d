//! How long a session lasts.

use std::time::Duration;

use crate::time::Timestamp;

/// How long a session lasts that nobody uses: what NIST SP 800-63B-4 asks for two factors at most.
pub const UNUSED_SESSION_LASTS: Duration = Duration::from_hours(1);

/// How long a session lasts at most.
pub const SESSION_LASTS: Duration = Duration::from_hours(12);

/// An end that would move by less stays where it is, so that not every request is a write.
const STEP: Duration = Duration::from_mins(5);

/// When a session ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionEnd {
    /// When it ends unless somebody uses it before.
    pub unused: Timestamp,
    /// When it ends however much it is used.
    pub latest: Timestamp,
}

impl SessionEnd {
    /// The end of a session that begins now.
    pub fn of_one_begun_at(now: Timestamp) -> Self {
        Self {
            unused: now.plus(UNUSED_SESSION_LASTS),
            latest: now.plus(SESSION_LASTS),
        }
    }

    /// When a session ends, unless it is used again, that somebody uses now; `None` where that is not worth a write.
    pub fn moved_at(self, now: Timestamp) -> Option<Timestamp> {
        let end = now.plus(UNUSED_SESSION_LASTS).min(self.latest);
        let is_worth_it = end >= self.unused.plus(STEP) || (end == self.latest && end > self.unused);
        is_worth_it.then_some(end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000;

    fn at(minutes: i64) -> Timestamp {
        Timestamp(minutes * MINUTE)
    }

    #[test]
    fn it_ends_an_hour_after_it_was_used_last_and_after_twelve_at_the_latest() {
        let begun = SessionEnd::of_one_begun_at(at(0));
        assert_eq!((begun.unused, begun.latest), (at(60), at(720)));
        assert_eq!(begun.moved_at(at(4)), None);
        assert_eq!(begun.moved_at(at(5)), Some(at(65)));
        let late = SessionEnd {
            unused: at(718),
            ..begun
        };
        assert_eq!(late.moved_at(at(659)), None);
        assert_eq!(late.moved_at(at(660)), Some(at(720)));
        let over = SessionEnd {
            unused: at(720),
            ..begun
        };
        assert_eq!(over.moved_at(at(719)), None);
    }
}
