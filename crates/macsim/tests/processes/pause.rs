use macsim::front::pause::{Orphaned, PausePoint, When};
use macsim::scenario::Situation;

use super::support::{TestMac, finish, stderr, wait_until};
use std::io::Write;

fn point(when: When, orphaned: Orphaned) -> PausePoint {
    PausePoint {
        tool: "sysadminctl".to_owned(),
        arg: Some("-secureTokenOn".to_owned()),
        when,
        orphaned,
    }
}

#[test]
fn a_grant_is_held_before_its_effect_and_released() {
    let mac = TestMac::new(Situation::Healthy);
    let number = mac
        .home
        .pause(&point(When::BeforeEffect, Orphaned::Ends))
        .unwrap();
    let mut child = mac.grant().spawn().unwrap();
    child
        .stdin
        .as_mut()
        .unwrap()
        .write_all(mac.both_passwords().as_bytes())
        .unwrap();
    wait_until("the pause", || mac.home.pause_is_reached(number));
    assert!(!mac.is_holder("ben"));
    // Other calls go on meanwhile, the same one included: the point holds once.
    assert!(stderr(&mac.run("sysadminctl", &["-secureTokenStatus", "ben"], "")).contains("DISABLED"));
    mac.home.resume(number).unwrap();
    assert!(stderr(&finish(child, "")).contains("- Done!"));
    assert!(mac.is_holder("ben"));
}

#[test]
fn a_grant_held_after_its_effect_has_happened() {
    let mac = TestMac::new(Situation::Healthy);
    let number = mac.home.pause(&point(When::AfterEffect, Orphaned::Ends)).unwrap();
    let mut child = mac.grant().spawn().unwrap();
    child
        .stdin
        .as_mut()
        .unwrap()
        .write_all(mac.both_passwords().as_bytes())
        .unwrap();
    wait_until("the pause", || mac.home.pause_is_reached(number));
    assert!(mac.is_holder("ben"));
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(mac.home.load().unwrap().effects.accounts["ben"].granted, 1);
}

#[test]
fn a_held_tool_ends_when_nobody_listens_any_more() {
    let mac = TestMac::new(Situation::Healthy);
    let number = mac
        .home
        .pause(&point(When::BeforeEffect, Orphaned::Ends))
        .unwrap();
    let mut child = mac.grant().spawn().unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(mac.both_passwords().as_bytes())
        .unwrap();
    wait_until("the pause", || mac.home.pause_is_reached(number));
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(141));
    assert!(!mac.is_holder("ben"));
}
