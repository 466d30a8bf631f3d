//! When a service account gets a new password.

use std::time::Duration;

use crate::time::Timestamp;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// How long a password is kept: as long as wanted, but never more than four fifths of what the Mac's policy allows, so
/// that no login is asked to change it. `expires_at` is when the policy asks for another.
pub fn rotation_interval(made_at: Timestamp, every_days: u16, expires_at: Option<Timestamp>) -> Duration {
    let wanted = DAY * u32::from(every_days);
    match expires_at {
        Some(expires_at) => wanted.min(expires_at.since(made_at) * 4 / 5),
        None => wanted,
    }
}

/// When a password that was made at `made_at` is to be replaced. `jitter` is drawn anew for each password; a tenth of
/// the interval is spread by it, so that a fleet that was enrolled on one day does not change all its passwords on one.
pub fn rotation_due_at(
    made_at: Timestamp,
    every_days: u16,
    expires_at: Option<Timestamp>,
    jitter: u32,
) -> Timestamp {
    let interval = rotation_interval(made_at, every_days, expires_at);
    let spread = interval / 10;
    made_at.plus(interval - spread.mul_f64(f64::from(jitter) / f64::from(u32::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MADE: Timestamp = Timestamp(1_000);

    #[test]
    fn a_password_is_kept_as_long_as_wanted_but_for_a_tenth() {
        let days = |days: u32| MADE.plus(DAY * days);
        assert_eq!(rotation_due_at(MADE, 30, None, 0), days(30));
        assert_eq!(rotation_due_at(MADE, 30, None, u32::MAX), days(27));
    }

    #[test]
    fn it_never_outlives_four_fifths_of_what_the_policy_allows() {
        let expires_at = Some(MADE.plus(DAY * 10));
        assert_eq!(rotation_interval(MADE, 30, expires_at), DAY * 8);
        assert_eq!(rotation_interval(MADE, 5, expires_at), DAY * 5);
        assert_eq!(rotation_interval(MADE, 30, Some(MADE)), Duration::ZERO);
    }
}
