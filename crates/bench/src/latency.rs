//! Times of many requests.

use std::time::Duration;

/// How long each of many requests took.
#[derive(Debug, Clone, Default)]
pub struct Latencies(Vec<Duration>);

impl Latencies {
    /// Adds one.
    pub fn add(&mut self, took: Duration) {
        self.0.push(took);
    }

    /// Adds those of another.
    pub fn append(&mut self, mut other: Self) {
        self.0.append(&mut other.0);
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The time, in milliseconds, within which `percent` of them were done (nearest rank); 0 when there are none.
    pub fn percentile(&self, percent: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let rank = (sorted.len() * percent).div_ceil(100).max(1);
        sorted.get(rank - 1).map_or(0.0, Duration::as_secs_f64) * 1_000.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_nearest_ranks() {
        let mut latencies = Latencies::default();
        for millis in (1..=200).rev() {
            latencies.add(Duration::from_millis(millis));
        }
        assert!((latencies.percentile(50) - 100.0).abs() < 1e-9);
        assert!((latencies.percentile(99) - 198.0).abs() < 1e-9);
        assert!((latencies.percentile(100) - 200.0).abs() < 1e-9);
    }

    #[test]
    fn one_is_every_percentile_and_none_is_nothing() {
        let mut latencies = Latencies::default();
        assert!(latencies.percentile(99).abs() < 1e-9);
        latencies.add(Duration::from_millis(7));
        assert!((latencies.percentile(1) - 7.0).abs() < 1e-9 && latencies.count() == 1);
    }
}
