//! How long a new Mac is left in peace.

use std::time::Duration;

use trust::attention::{Grace, NotAGrace};

use crate::support::NOW;

const MINUTE: u64 = 60;
const DAY: u64 = 24 * 60 * MINUTE;

#[test]
fn a_mac_is_new_for_ten_days_and_not_for_a_second_more() {
    let over = |seconds: u64| Grace::default().is_over(NOW, NOW.plus(Duration::from_secs(seconds)));
    assert!(!over(0));
    assert!(!over(10 * DAY - MINUTE), "9 days, 23 hours, 59 minutes");
    assert!(!over(10 * DAY), "it takes more than ten days");
    assert!(over(10 * DAY + 1), "10 days and a second");
}

#[test]
fn the_days_are_the_organisations_choice() {
    for days in [0, 1, 10, 365] {
        let grace = Grace::of_days(days).unwrap();
        assert_eq!(grace.days(), days);
        let last = NOW.plus(Duration::from_secs(u64::from(days) * DAY));
        assert!(!grace.is_over(NOW, last), "{days}");
        assert!(grace.is_over(NOW, last.plus(Duration::from_millis(1))), "{days}");
    }
    assert_eq!(Grace::of_days(366), Err(NotAGrace));
    assert_eq!(Grace::default().days(), 10);
    assert!(serde_json::from_str::<Grace>("366").is_err());
}
