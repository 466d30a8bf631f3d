//! Mutes: how long, and of what.

use std::time::Duration;

use trust::attention::{Mute, NotAMute, Owner};
use trust::code::Code;
use trust::time::Timestamp;

use crate::support::NOW;

fn later(seconds: u64) -> Timestamp {
    NOW.plus(Duration::from_secs(seconds))
}

fn mute(code: Option<Code>, until: Timestamp) -> Mute {
    Mute {
        code,
        until,
        reason: "on loan".to_owned(),
        by: "person:grace".to_owned(),
        at: NOW,
    }
}

#[test]
fn a_mute_ends_in_the_future_and_within_a_year() {
    const YEAR: u64 = 365 * 24 * 60 * 60;
    assert_eq!(Mute::check_end(NOW, NOW), Err(NotAMute::Past));
    assert_eq!(Mute::check_end(Timestamp(0), NOW), Err(NotAMute::Past));
    assert_eq!(Mute::check_end(later(1), NOW), Ok(()));
    assert_eq!(Mute::check_end(later(YEAR), NOW), Ok(()));
    assert_eq!(Mute::check_end(later(YEAR + 1), NOW), Err(NotAMute::TooLong));
}

#[test]
fn a_reason_is_muted_until_the_later_of_its_own_end_and_the_macs() {
    let mutes = [mute(None, later(10)), mute(Some(Code::ChainBroken), later(20))];
    assert_eq!(Mute::end_for(&mutes, Code::ChainBroken), later(20));
    assert_eq!(Mute::end_for(&mutes, Code::NoGranter), later(10));
    assert_eq!(Mute::end_for(&mutes[1..], Code::NoGranter), Timestamp::default());
}

#[test]
fn a_new_mute_takes_the_place_of_the_one_before_and_what_is_over_goes() {
    let mut mutes = vec![mute(None, NOW), mute(Some(Code::ChainBroken), later(20))];
    Mute::put(&mut mutes, mute(Some(Code::ChainBroken), later(5)));
    assert_eq!(mutes, [mute(Some(Code::ChainBroken), later(5))]);
    assert!(!Mute::lift(&mut mutes, None, NOW));
    assert!(Mute::lift(&mut mutes, Some(Code::ChainBroken), NOW));
    assert!(mutes.is_empty());
}

#[test]
fn an_owner_is_a_short_line() {
    let owner = |text: &str| text.parse::<Owner>().map(|owner| owner.as_str().to_owned());
    assert_eq!(owner(" Grace, desk 4 "), Ok("Grace, desk 4".to_owned()));
    assert!(owner(&"ö".repeat(100)).is_ok());
    for text in ["", "   ", "two\nlines", &"ö".repeat(101)] {
        assert!(owner(text).is_err(), "{text:?}");
    }
}
