//! The count of passwords that people at the Mac have guessed through the Bestow Service Account app.
//!
//! Whoever sits at the screen can ask the agent to try a password. So that the app is no way to find one out, wrong ones are
//! counted for each caller and for each account, and too many make both wait. This comes on top of the
//! [`Ledger`](super::attempts::Ledger), in which every try stands as well.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// So many wrong passwords, by one caller or on one account, are the most within [`WINDOW`].
pub const MOST_GUESSES: usize = 5;

/// How long a wrong password counts.
pub const WINDOW: Duration = Duration::from_secs(15 * 60);

/// One guess: a password that is about to be tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guess {
    /// Number of the user who asks.
    pub caller: u32,
    /// GUID of the account whose password it is meant to be.
    pub account: String,
    /// When it is tried.
    pub at: Timestamp,
}

/// Guesses that count, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(transparent)]
pub struct Guesses(Vec<Guess>);

/// Too many guesses were wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many wrong passwords; the next may be tried at {}", .retry_at.utc())]
pub struct TooMany {
    /// When the next may be tried.
    pub retry_at: Timestamp,
}

impl Guesses {
    /// Whether the guess may be tried.
    ///
    /// # Errors
    /// When its caller, or the account, has had too many wrong ones.
    pub fn may_try(&self, guess: &Guess) -> Result<(), TooMany> {
        let of_caller = self.free_at(guess.at, |known| known.caller == guess.caller);
        let of_account = self.free_at(guess.at, |known| known.account == guess.account);
        match of_caller.max(of_account) {
            Some(retry_at) => Err(TooMany { retry_at }),
            None => Ok(()),
        }
    }

    /// Counts the guess as wrong. That is on the disk before it is tried, so that a killed agent forgives nothing.
    pub fn begin(&mut self, guess: Guess) {
        self.0.retain(|known| counts(known, guess.at));
        self.0.push(guess);
    }

    /// The guess was not wrong after all: the password was right, or was not tried.
    pub fn forgive(&mut self, guess: &Guess) {
        if let Some(at) = self.0.iter().rposition(|known| known == guess) {
            self.0.remove(at);
        }
    }

    /// When one of those that are `meant` may guess again, where that is not at once.
    fn free_at(&self, now: Timestamp, meant: impl Fn(&Guess) -> bool) -> Option<Timestamp> {
        let mut last_ones = self
            .0
            .iter()
            .rev()
            .filter(|known| counts(known, now) && meant(known));
        last_ones
            .nth(MOST_GUESSES - 1)
            .map(|oldest| oldest.at.plus(WINDOW))
    }
}

/// A clock that is set back does not make anybody wait for longer.
fn counts(known: &Guess, now: Timestamp) -> bool {
    now.since(known.at) < WINDOW && known.at.since(now) < WINDOW
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(caller: u32, account: &str, minute: u64) -> Guess {
        Guess {
            caller,
            account: account.to_owned(),
            at: minutes(minute),
        }
    }

    fn minutes(minute: u64) -> Timestamp {
        Timestamp(0).plus(Duration::from_secs(minute * 60))
    }

    fn wrong(guesses: impl IntoIterator<Item = Guess>) -> Guesses {
        let mut count = Guesses::default();
        for guess in guesses {
            count.may_try(&guess).unwrap();
            count.begin(guess);
        }
        count
    }

    #[test]
    fn a_caller_may_be_wrong_five_times_in_a_quarter_of_an_hour() {
        let accounts = ["a", "b", "c", "d", "e"];
        let count = wrong((0..5).zip(accounts).map(|(at, account)| guess(501, account, at)));
        let barred = TooMany {
            retry_at: minutes(15),
        };
        assert_eq!(count.may_try(&guess(501, "f", 5)), Err(barred));
        assert_eq!(count.may_try(&guess(501, "f", 14)), Err(barred));
        assert_eq!(count.may_try(&guess(501, "f", 15)), Ok(()));
        assert_eq!(count.may_try(&guess(502, "f", 5)), Ok(()), "another caller");
    }

    #[test]
    fn an_account_may_be_guessed_at_five_times_whoever_does() {
        let count = wrong((0..5).map(|at| guess(501 + u32::try_from(at).unwrap(), "a", at)));
        assert_eq!(
            count.may_try(&guess(600, "a", 6)),
            Err(TooMany {
                retry_at: minutes(15)
            })
        );
        assert_eq!(count.may_try(&guess(600, "b", 6)), Ok(()));
    }

    #[test]
    fn the_later_of_both_counts_bars() {
        let mut count = wrong((0..5).map(|at| guess(501, &format!("account {at}"), at)));
        for at in 2..7 {
            count.begin(guess(600, "a", at));
        }
        assert_eq!(
            count.may_try(&guess(501, "a", 8)),
            Err(TooMany {
                retry_at: minutes(17)
            })
        );
    }

    #[test]
    fn what_was_right_or_not_tried_does_not_count() {
        let mut count = Guesses::default();
        for at in 0..20 {
            let guess = guess(501, "a", at / 4);
            count.may_try(&guess).unwrap();
            count.begin(guess.clone());
            count.forgive(&guess);
        }
        assert_eq!(count, Guesses::default());
    }

    #[test]
    fn a_clock_that_is_set_back_locks_nobody_out() {
        let count = wrong((1_000..1_005).map(|at| guess(501, "a", at)));
        assert_eq!(count.may_try(&guess(501, "a", 100)), Ok(()));
    }

    #[test]
    fn what_has_lapsed_is_dropped() {
        let mut count = wrong((0..5).map(|at| guess(501, "a", at)));
        count.begin(guess(501, "a", 60));
        assert_eq!(count.0.len(), 1);
    }
}
