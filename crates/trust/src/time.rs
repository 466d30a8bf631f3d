//! Points in time as they travel: milliseconds since the Unix epoch, UTC.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// A point in time, in milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// Milliseconds since the Unix epoch.
    pub fn as_millis(self) -> i64 {
        self.0
    }

    /// The point `before` earlier; the beginning of time where that does not fit.
    pub fn minus(self, before: Duration) -> Self {
        let before = i64::try_from(before.as_millis()).unwrap_or(i64::MAX);
        Self(self.0.saturating_sub(before))
    }

    /// The point `after` later; the end of time where that does not fit.
    pub fn plus(self, after: Duration) -> Self {
        Self(
            self.0
                .saturating_add(i64::try_from(after.as_millis()).unwrap_or(i64::MAX)),
        )
    }

    /// The point in words, to the second, such as `2026-11-22 08:30:05 UTC`. Pages show times in the reader's zone; this is for
    /// sentences.
    pub fn utc(self) -> String {
        match jiff::Timestamp::from_millisecond(self.0) {
            Ok(moment) => moment.strftime("%Y-%m-%d %H:%M:%S UTC").to_string(),
            Err(_) => "never".to_owned(),
        }
    }

    /// Its day by universal time, such as `2026-11-21`. Put into another zone, a day would be two in part.
    pub fn utc_day(self) -> String {
        match jiff::Timestamp::from_millisecond(self.0) {
            Ok(moment) => moment.strftime("%Y-%m-%d").to_string(),
            Err(_) => "never".to_owned(),
        }
    }

    /// How long after `earlier` this is; zero when it is not after it.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ms", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_is_written_in_utc() {
        assert_eq!(Timestamp(1_795_336_205_999).utc(), "2026-11-22 08:30:05 UTC");
        assert_eq!(Timestamp(i64::MAX).utc(), "never");
    }

    #[test]
    fn a_day_is_told_without_its_hours() {
        assert_eq!(Timestamp(86_400_000).utc_day(), "1970-01-02");
        assert_eq!(Timestamp(86_399_999).utc_day(), "1970-01-01");
    }

    #[test]
    fn the_span_between_two_points_is_never_negative() {
        let (early, late) = (Timestamp(1_000), Timestamp(4_500));
        assert_eq!(late.since(early), Duration::from_millis(3_500));
        assert_eq!(early.since(late), Duration::ZERO);
        assert_eq!(early.plus(Duration::from_secs(2)), Timestamp(3_000));
        assert_eq!(Timestamp(i64::MAX).plus(Duration::MAX), Timestamp(i64::MAX));
    }
}
