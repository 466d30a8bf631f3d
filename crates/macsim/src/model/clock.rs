//! Time as a simulated Mac sees it: given from outside, shown in UTC.

use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01 UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UnixMillis(pub i64);

impl UnixMillis {
    /// Seconds with their fraction, as `accountPolicyData` counts.
    #[must_use]
    pub fn seconds(self) -> f64 {
        #[expect(
            clippy::cast_precision_loss,
            reason = "milliseconds of this century are exact in a double"
        )]
        let millis = self.0 as f64;
        millis / 1000.0
    }

    /// `2026-09-23 09:41:40 +0000`, as Foundation describes a date.
    #[must_use]
    pub fn date_time(self) -> String {
        self.format("%Y-%m-%d %H:%M:%S +0000")
    }

    /// `Wed Sep 23 09:41:40 2026`, as the C library writes a date.
    #[must_use]
    pub fn ctime(self) -> String {
        self.format("%a %b %e %H:%M:%S %Y")
    }

    /// `2026-09-23 09:41:40.102`, the way NSLog begins a line.
    #[must_use]
    pub fn nslog(self) -> String {
        self.format("%Y-%m-%d %H:%M:%S.%3f")
    }

    fn format(self, pattern: &str) -> String {
        let timestamp = jiff::Timestamp::from_millisecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        timestamp.strftime(pattern).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nslog_lines_begin_with_milliseconds() {
        assert_eq!(UnixMillis(1_790_156_500_102).nslog(), "2026-09-23 09:41:40.102");
    }
}
