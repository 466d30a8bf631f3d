//! How often a wrong password may be tried before whoever tries has to wait.

use std::time::Duration;

use crate::time::Timestamp;

/// So many wrong ones within a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// How many.
    pub most: usize,
    /// Within what span.
    pub within: Duration,
}

const QUARTER: Duration = Duration::from_secs(15 * 60);

impl Limit {
    /// For one person from one address: somebody who mistypes gets on, somebody who guesses does not.
    pub const OF_A_PERSON_FROM_AN_ADDRESS: Self = Self {
        most: 5,
        within: QUARTER,
    };
    /// For everybody together from one address.
    pub const OF_AN_ADDRESS: Self = Self {
        most: 30,
        within: QUARTER,
    };
    /// For one person from everywhere. The only owner has no such limit: who does not know the password could keep the
    /// organisation out of its own console.
    pub const OF_A_PERSON: Self = Self {
        most: 100,
        within: QUARTER,
    };
}

/// The wrong passwords of late, the oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Guesses(Vec<Timestamp>);

impl Guesses {
    /// When the next one may be tried; `None`: now.
    pub fn wait_until(&self, limit: Limit, now: Timestamp) -> Option<Timestamp> {
        let mut last_ones = self.0.iter().rev().filter(|at| limit.counts(**at, now));
        last_ones
            .nth(limit.most - 1)
            .map(|oldest| oldest.plus(limit.within))
    }

    /// Counts one as wrong, before it is tried, and forgets what no longer counts: tries at the same moment are counted as
    /// well.
    pub fn begin(&mut self, limit: Limit, now: Timestamp) {
        self.0.retain(|at| limit.counts(*at, now));
        self.0.push(now);
    }

    /// The one that was begun then was not wrong after all.
    pub fn forgive(&mut self, begun: Timestamp) {
        if let Some(at) = self.0.iter().rposition(|at| *at == begun) {
            self.0.remove(at);
        }
    }

    /// Whether nothing counts any more.
    pub fn is_over(&self, limit: Limit, now: Timestamp) -> bool {
        !self.0.iter().any(|at| limit.counts(*at, now))
    }
}

impl Limit {
    /// A clock that is set back does not make anybody wait for longer.
    fn counts(self, at: Timestamp, now: Timestamp) -> bool {
        now.since(at) < self.within && at.since(now) < self.within
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Limit = Limit {
        most: 3,
        within: Duration::from_secs(10),
    };

    fn at(seconds: i64) -> Timestamp {
        Timestamp(seconds * 1000)
    }

    #[test]
    fn after_the_last_one_that_is_allowed_the_span_must_pass() {
        let mut guesses = Guesses::default();
        for second in [0, 1, 4] {
            assert_eq!(guesses.wait_until(LIMIT, at(second)), None);
            guesses.begin(LIMIT, at(second));
        }
        assert_eq!(guesses.wait_until(LIMIT, at(5)), Some(at(10)));
        assert_eq!(guesses.wait_until(LIMIT, at(9)), Some(at(10)));
        assert_eq!(guesses.wait_until(LIMIT, at(10)), None);
        guesses.begin(LIMIT, at(10));
        assert_eq!(guesses.wait_until(LIMIT, at(10)), Some(at(11)));
        assert!(!guesses.is_over(LIMIT, at(19)) && guesses.is_over(LIMIT, at(20)));
        guesses.forgive(at(10));
        assert!(!guesses.is_over(LIMIT, at(13)) && guesses.is_over(LIMIT, at(14)));
    }
}
