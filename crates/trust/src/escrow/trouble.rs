//! What is wrong with a kept recovery key, as time goes by.

use std::time::Duration;

use super::rotation;
use super::schedule::Schedule;
use super::standing::{Standing, State};
use crate::code::Code;
use crate::resilience::{FRESH, STALE, outlives};
use crate::time::Timestamp;

/// A Mac that is off over a weekend is not late with a rotation.
pub const OVERDUE_AFTER: Duration = Duration::from_hours(3 * 24);

/// A version that was never tried on the Mac is in order for so long: its agent is about to.
pub const UNTRIED_AFTER: Duration = Duration::from_hours(7 * 24);

/// Something that is wrong with a kept recovery key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The vault had the Mac's key, and has not the one that the Mac has now.
    Unknown,
    /// The Mac has a key that the vault never had: FileVault was on before Bestow came.
    NeverKept,
    /// Nobody knows whether the kept key opens the disk, or it is too long ago that it did.
    NotProved,
    /// Another key should have come by now.
    Overdue,
}

impl Trouble {
    /// Each.
    pub const ALL: [Self; 4] = [Self::Unknown, Self::NeverKept, Self::NotProved, Self::Overdue];

    /// The code of the finding that it makes.
    pub fn code(self) -> Code {
        match self {
            Self::Unknown => Code::RecoveryKeyUnknown,
            Self::NeverKept => Code::RecoveryKeyNeverKept,
            Self::NotProved => Code::RecoveryKeyNotProved,
            Self::Overdue => Code::RecoveryKeyOverdue,
        }
    }

    /// From when on it is so while nothing happens; `None` for never.
    fn since(self, standing: &Standing, schedule: Schedule) -> Option<Timestamp> {
        match self {
            Self::Unknown => {
                (standing.state == State::KeyUnknown && standing.latest > 0).then_some(Timestamp(0))
            }
            Self::NeverKept => {
                (standing.state == State::KeyUnknown && standing.latest == 0).then_some(Timestamp(0))
            }
            Self::NotProved => {
                standing.current?;
                match (standing.proved_at, standing.current_since) {
                    (Some(at), _) => Some(outlives(at, STALE)),
                    (None, since) => Some(since.unwrap_or(Timestamp(0)).plus(UNTRIED_AFTER)),
                }
            }
            Self::Overdue => Some(rotation::due(standing, schedule)?.plus(OVERDUE_AFTER)),
        }
    }
}

/// What is wrong at `now`.
pub fn troubles(standing: &Standing, schedule: Schedule, now: Timestamp) -> Vec<Trouble> {
    let mut all = Trouble::ALL.to_vec();
    all.retain(|trouble| trouble.since(standing, schedule).is_some_and(|at| at <= now));
    all
}

/// When the answer of [`troubles`], or the points for the proof of [`resilience`](crate::resilience), are others by time alone;
/// `None` when never.
pub fn next_change(standing: &Standing, schedule: Schedule, now: Timestamp) -> Option<Timestamp> {
    let fresh_until = standing
        .current
        .and(standing.proved_at)
        .map(|at| outlives(at, FRESH));
    let times = Trouble::ALL.map(|trouble| trouble.since(standing, schedule));
    let times = times.into_iter().chain([fresh_until]).flatten();
    times.filter(|at| *at > now).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_000_000);

    fn held() -> Standing {
        Standing {
            state: State::Held,
            latest: 1,
            current: Some(1),
            current_since: Some(NOW),
            proved_at: Some(NOW),
            ..Standing::default()
        }
    }

    #[test]
    fn a_proved_key_is_in_order_until_its_proof_is_old() {
        let never = Schedule::default();
        assert_eq!(troubles(&held(), never, NOW), []);
        let (less, old) = (outlives(NOW, FRESH), outlives(NOW, STALE));
        assert_eq!(next_change(&held(), never, NOW), Some(less), "it is worth less");
        assert_eq!(troubles(&held(), never, less), []);
        assert_eq!(next_change(&held(), never, less), Some(old));
        assert_eq!(troubles(&held(), never, old), [Trouble::NotProved]);
        assert_eq!(next_change(&held(), never, old), None);
    }

    #[test]
    fn a_key_that_was_never_tried_is_given_a_week() {
        let untried = Standing {
            proved_at: None,
            ..held()
        };
        let later = NOW.plus(UNTRIED_AFTER);
        assert_eq!(next_change(&untried, Schedule::default(), NOW), Some(later));
        assert_eq!(
            troubles(&untried, Schedule::default(), later),
            [Trouble::NotProved]
        );
    }

    #[test]
    fn a_rotation_is_overdue_three_days_after_it_was_due_whatever_made_it_due() {
        let monthly = Schedule::of_days(30).unwrap();
        let due = NOW.plus(Duration::from_hours(30 * 24));
        let fresh = outlives(NOW, FRESH);
        assert_eq!(
            next_change(&held(), monthly, fresh),
            Some(due.plus(OVERDUE_AFTER))
        );
        let shown = Standing {
            rotate_after: Some(NOW),
            ..held()
        };
        assert_eq!(troubles(&shown, monthly, NOW), []);
        assert_eq!(
            troubles(&shown, monthly, NOW.plus(OVERDUE_AFTER)),
            [Trouble::Overdue]
        );
    }

    #[test]
    fn a_key_that_the_vault_had_is_missed_and_one_that_it_never_had_is_told_apart() {
        let unknown = |latest| Standing {
            state: State::KeyUnknown,
            latest,
            ..Standing::default()
        };
        assert_eq!(
            troubles(&unknown(1), Schedule::default(), NOW),
            [Trouble::Unknown]
        );
        assert_eq!(
            troubles(&unknown(0), Schedule::default(), NOW),
            [Trouble::NeverKept]
        );
    }
}
