//! How long the vault keeps what it has of a Mac that somebody decided to forget.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::standing::Standing;
use crate::time::Timestamp;

const DAY: Duration = Duration::from_hours(24);

/// For so many days what is kept of a forgotten Mac stays: 90 at least, which is so unless somebody decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "u16", into = "u16")]
pub struct Retention(u16);

/// Why a number of days is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "what is kept of a forgotten Mac stays for {} to {} days",
    Retention::FEWEST_DAYS,
    Retention::MOST_DAYS
)]
pub struct NotARetention;

impl Retention {
    /// The fewest days.
    pub const FEWEST_DAYS: u16 = 90;

    /// The most days: ten years. A legal hold has no end.
    pub const MOST_DAYS: u16 = 3650;

    /// For so many days.
    ///
    /// # Errors
    /// When they are fewer than [`Self::FEWEST_DAYS`] or more than [`Self::MOST_DAYS`].
    pub fn of_days(days: u16) -> Result<Self, NotARetention> {
        (Self::FEWEST_DAYS..=Self::MOST_DAYS)
            .contains(&days)
            .then_some(Self(days))
            .ok_or(NotARetention)
    }

    /// How many days.
    pub fn days(self) -> u16 {
        self.0
    }

    /// Whose time has run out at `now` was forgotten by then.
    pub fn forgotten_by(self, now: Timestamp) -> Timestamp {
        now.minus(self.span())
    }

    /// When the secrets of a line are destroyed; `None` for never, as long as nothing else happens.
    pub fn ends(self, standing: &Standing) -> Option<Timestamp> {
        let forgotten_at = standing.forgotten_at.filter(|_| standing.may_be_destroyed());
        forgotten_at.map(|at| at.plus(self.span()))
    }

    fn span(self) -> Duration {
        DAY.saturating_mul(u32::from(self.0))
    }
}

impl Default for Retention {
    fn default() -> Self {
        Self(Self::FEWEST_DAYS)
    }
}

impl TryFrom<u16> for Retention {
    type Error = NotARetention;

    fn try_from(days: u16) -> Result<Self, NotARetention> {
        Self::of_days(days)
    }
}

impl From<Retention> for u16 {
    fn from(retention: Retention) -> Self {
        retention.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::escrow::{EscrowKind, Origin, What};

    const THEN: Timestamp = Timestamp(1_000_000);

    fn happened(standing: Standing, what: What, version: Option<u32>) -> Standing {
        standing
            .after(what, version, Some(Origin::Rotation), THEN)
            .unwrap()
    }

    fn forgotten() -> Standing {
        let kept = happened(Standing::default(), What::Escrowed, Some(1));
        happened(kept, What::DeviceForgotten, None)
    }

    #[test]
    fn nothing_is_kept_for_less_than_ninety_days() {
        for days in [0, 1, 89, 3651, u16::MAX] {
            assert_eq!(Retention::of_days(days), Err(NotARetention), "{days}");
        }
        assert_eq!(Retention::default().days(), 90);
        assert_eq!(Retention::of_days(3650).map(Retention::days), Ok(3650));
    }

    #[test]
    fn what_is_kept_ends_when_its_days_have_passed_since_the_mac_was_forgotten() {
        let retention = Retention::of_days(100).unwrap();
        let ends = THEN.plus(Duration::from_hours(2400));
        assert_eq!(retention.ends(&forgotten()), Some(ends));
        assert_eq!(retention.forgotten_by(ends), THEN);
    }

    #[test]
    fn a_mac_that_is_looked_after_or_has_come_back_keeps_everything() {
        let retention = Retention::default();
        let kept = happened(Standing::default(), What::Escrowed, Some(1));
        assert_eq!(retention.ends(&kept), None);
        for back in [What::EnrolledAnew, What::Escrowed] {
            let returned = happened(forgotten(), back, Some(2));
            assert_eq!(retention.ends(&returned), None, "{back:?}");
            assert_eq!(
                returned.after(What::Destroyed, Some(returned.latest), None, THEN),
                None
            );
        }
    }

    #[test]
    fn a_legal_hold_keeps_everything_until_it_is_lifted() {
        let retention = Retention::default();
        let held = happened(forgotten(), What::HoldSet, None);
        assert_eq!(retention.ends(&held), None);
        assert_eq!(held.after(What::Destroyed, Some(1), None, THEN), None);
        let lifted = happened(held, What::HoldLifted, None);
        assert_eq!(retention.ends(&lifted), retention.ends(&forgotten()));
        assert_eq!(
            lifted.after(What::HoldLifted, None, None, THEN),
            None,
            "there is none"
        );
    }

    #[test]
    fn what_was_destroyed_is_neither_shown_nor_proved_nor_destroyed_again() {
        let gone = happened(forgotten(), What::Destroyed, Some(1));
        assert_eq!((gone.current, gone.to_show(), gone.latest), (None, None, 1));
        assert!(
            gone.sentence(EscrowKind::PersonalRecoveryKey)
                .contains("destroyed")
        );
        for what in [What::Revealed, What::Proved, What::Destroyed] {
            assert_eq!(gone.after(what, Some(1), None, THEN), None, "{what:?}");
        }
        assert_eq!(Retention::default().ends(&gone), None);
        let back = happened(gone, What::Escrowed, Some(2));
        assert_eq!(
            (back.to_show(), back.destroyed),
            (Some(2), 1),
            "numbers are not given twice"
        );
    }
}
