//! How long a new Mac is left in peace.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// For so many days after it was created, a Mac does not stand among those that need attention: it comes into order by
/// itself, by its first restart and logins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "u16", into = "u16")]
pub struct Grace(u16);

/// Why a number of days is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a new Mac is left in peace for 0 to {} days", Grace::LONGEST_DAYS)]
pub struct NotAGrace;

impl Grace {
    /// The most days.
    pub const LONGEST_DAYS: u16 = 365;

    /// So many days.
    ///
    /// # Errors
    /// When they are more than [`Self::LONGEST_DAYS`].
    pub fn of_days(days: u16) -> Result<Self, NotAGrace> {
        (days <= Self::LONGEST_DAYS)
            .then_some(Self(days))
            .ok_or(NotAGrace)
    }

    /// How many days.
    pub fn days(self) -> u16 {
        self.0
    }

    /// At `now`, Macs that were created before this are no longer new.
    pub fn ends_for(self, now: Timestamp) -> Timestamp {
        let days = DAY.saturating_mul(u32::from(self.0));
        let millis = i64::try_from(days.as_millis()).unwrap_or(i64::MAX);
        Timestamp(now.as_millis().saturating_sub(millis))
    }

    /// Whether a Mac that was created at `created_at` is no longer new at `now`: more than so many days have passed.
    pub fn is_over(self, created_at: Timestamp, now: Timestamp) -> bool {
        created_at < self.ends_for(now)
    }
}

impl Default for Grace {
    /// Ten days.
    fn default() -> Self {
        Self(10)
    }
}

impl TryFrom<u16> for Grace {
    type Error = NotAGrace;

    fn try_from(days: u16) -> Result<Self, NotAGrace> {
        Self::of_days(days)
    }
}

impl From<Grace> for u16 {
    fn from(grace: Grace) -> Self {
        grace.0
    }
}
