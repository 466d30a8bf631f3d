//! How often Macs get another recovery key although nothing has happened to it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

const DAY: Duration = Duration::from_hours(24);

/// After so many days a key is replaced; 0 for never, which is so unless somebody decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "u16", into = "u16")]
pub struct Schedule(u16);

/// Why a number of days is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a recovery key is replaced every 1 to {} days, or with 0 never",
    Schedule::LONGEST_DAYS
)]
pub struct NotASchedule;

impl Schedule {
    /// The most days.
    pub const LONGEST_DAYS: u16 = 365;

    /// After so many days; 0 for never.
    ///
    /// # Errors
    /// When they are more than [`Self::LONGEST_DAYS`].
    pub fn of_days(days: u16) -> Result<Self, NotASchedule> {
        (days <= Self::LONGEST_DAYS)
            .then_some(Self(days))
            .ok_or(NotASchedule)
    }

    /// How many days; 0 for never.
    pub fn days(self) -> u16 {
        self.0
    }

    /// When a key is replaced that the Mac has since then; `None` for never.
    pub fn after(self, since: Timestamp) -> Option<Timestamp> {
        (self.0 > 0).then(|| since.plus(DAY.saturating_mul(u32::from(self.0))))
    }
}

impl TryFrom<u16> for Schedule {
    type Error = NotASchedule;

    fn try_from(days: u16) -> Result<Self, NotASchedule> {
        Self::of_days(days)
    }
}

impl From<Schedule> for u16 {
    fn from(schedule: Schedule) -> Self {
        schedule.0
    }
}
