//! What a bulk run keeps to.

use serde::{Deserialize, Serialize};

use crate::code::Code;

/// What a bulk run keeps to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Terms {
    /// How many devices go first: the others wait until so many have ended. At least one.
    pub canary: u64,
    /// The run stops when so many of a hundred have failed or were refused, 1 to 100. Measured over those that have ended
    /// since the run began or was last continued, and over no fewer than the canary has.
    pub stop_at_failure_percent: u8,
    /// At most so many devices at the same time. At least one.
    pub in_flight: u64,
}

/// How many devices go first, as people say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Canary {
    /// So many.
    Count(u64),
    /// So many of a hundred that are ready.
    Percent(u8),
}

/// Why a run that is prepared must not begin by itself: more devices are ready than whoever asked for it had `agreed` to.
/// Fewer are no reason: nothing happens to a device that was not counted.
pub fn more_than_agreed(ready: u64, agreed: Option<u64>) -> Option<Code> {
    agreed
        .is_some_and(|agreed| ready > agreed)
        .then_some(Code::BulkPlanChanged)
}

impl Canary {
    /// How many these are of `ready` devices: at least one, and where a share has a fraction the next higher number.
    pub fn of(self, ready: u64) -> u64 {
        match self {
            Self::Count(count) => count,
            Self::Percent(percent) => ready.saturating_mul(u64::from(percent)).div_ceil(100),
        }
        .max(1)
    }
}

impl Default for Canary {
    fn default() -> Self {
        Self::Count(5)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_were_agreed_to_do_not_begin_by_themselves() {
        for (ready, agreed) in [(5, None), (5, Some(5)), (4, Some(5)), (0, Some(0))] {
            assert_eq!(more_than_agreed(ready, agreed), None, "{ready} of {agreed:?}");
        }
        for (ready, agreed) in [(6, 5), (1, 0)] {
            assert_eq!(more_than_agreed(ready, Some(agreed)), Some(Code::BulkPlanChanged));
        }
    }

    #[test]
    fn a_canary_is_never_nobody() {
        assert_eq!(Canary::Count(0).of(10), 1);
        assert_eq!(Canary::Count(7).of(3), 7);
        assert_eq!(Canary::Percent(0).of(10), 1);
        assert_eq!(Canary::Percent(1).of(2_000), 20);
        assert_eq!(Canary::Percent(1).of(2_001), 21);
        assert_eq!(Canary::Percent(100).of(3), 3);
        assert_eq!(Canary::Percent(5).of(u64::MAX), u64::MAX.div_ceil(100));
    }
}
