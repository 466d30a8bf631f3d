//! How long to leave an unreachable server alone.

use std::time::Duration;

/// The longest pause.
pub const LONGEST: Duration = Duration::from_secs(60);

const SHORTEST: Duration = Duration::from_millis(500);

/// Pauses that double from half a second to a minute, spread by up to a half so that a fleet does not come back as one.
#[derive(Debug, Clone, Copy)]
pub struct Backoff {
    failures: u32,
    spread: u64,
}

impl Backoff {
    /// A back-off whose spread follows from `seed`, which differs from device to device.
    pub fn new(seed: u64) -> Self {
        Self {
            failures: 0,
            spread: seed,
        }
    }

    /// The server answered.
    pub fn succeeded(&mut self) {
        self.failures = 0;
    }

    /// The server did not answer. Answers how long to wait.
    pub fn failed(&mut self) -> Duration {
        let doubled = SHORTEST.saturating_mul(1 << self.failures.min(10)).min(LONGEST);
        self.failures = self.failures.saturating_add(1);
        // A step of a linear congruential generator (Knuth): plenty for spreading load.
        self.spread = self
            .spread
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let half = u64::try_from(doubled.as_millis() / 2).unwrap_or(u64::MAX);
        doubled - Duration::from_millis((self.spread >> 33) % half.max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_minute_and_start_over_after_an_answer() {
        let mut backoff = Backoff::new(7);
        let pauses: Vec<Duration> = (0..12).map(|_| backoff.failed()).collect();
        assert!(pauses[0] <= SHORTEST && pauses[0] >= SHORTEST / 2);
        assert!(pauses[11] <= LONGEST && pauses[11] >= LONGEST / 2);
        backoff.succeeded();
        assert!(backoff.failed() <= SHORTEST);
    }

    #[test]
    fn two_devices_do_not_come_back_together() {
        let (mut one, mut other) = (Backoff::new(1), Backoff::new(2));
        let pairs: Vec<_> = (0..5).map(|_| (one.failed(), other.failed())).collect();
        assert!(pairs.iter().any(|(a, b)| a != b));
    }
}
