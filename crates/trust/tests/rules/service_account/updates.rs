//! Whether the service account can authorise system updates.

use trust::capability::{Able, Capability};
use trust::observation::*;
use trust::service_account::authorises_updates;

use super::reinstall::disown;
use super::support::{answered, bestow_without_token, not_told, proved, valid, valid_but, with};
use crate::support::{enabled, known, unknown};

#[track_caller]
fn can(observation: &Observation, able: Able, because: &str) {
    let answer = authorises_updates(observation);
    assert_eq!(answer.capability, Capability::AuthoriseUpdates);
    assert_eq!(answer.able, able, "{answer:?}");
    assert!(answer.because.contains(because), "{answer:?}");
}

#[test]
fn a_valid_one_that_owns_the_volume_can() {
    can(&valid(), Able::Yes, "volume owner");
}

#[test]
fn on_apple_silicon_it_takes_a_volume_owner() {
    let mut disowned = valid();
    disown(&mut disowned, "_bestow");
    can(&disowned, Able::No, "no volume owner");
    let without_token = with(vec![bestow_without_token(), enabled("ada", true)], proved());
    can(&without_token, Able::No, "no volume owner");
    let mut untold = valid();
    untold.crypto_users = unknown();
    can(&untold, Able::Unknown, "did not tell");
}

#[test]
fn on_intel_it_takes_an_administrator() {
    let mut intel = valid();
    disown(&mut intel, "_bestow");
    let hardware = intel.hardware.value().unwrap().clone();
    intel.hardware = known(Hardware {
        chip: Chip::Intel,
        ..hardware
    });
    can(&intel, Able::Yes, "Intel");
    let mut unknown_chip = valid();
    unknown_chip.hardware = unknown();
    can(&unknown_chip, Able::Unknown, "chip");
}

#[test]
fn a_password_that_does_not_work_authorises_nothing() {
    can(
        &valid_but(|seen| seen.stored.current = false),
        Able::No,
        "password lost",
    );
    can(
        &valid_but(|seen| seen.disk_password = Some(answered(PasswordAnswer::Wrong))),
        Able::No,
        "disk password wrong",
    );
    can(
        &valid_but(|seen| seen.local_password = None),
        Able::Unknown,
        "not been tried",
    );
}

#[test]
fn where_there_is_none_there_is_nobody_to_ask() {
    can(
        &with(vec![enabled("ada", true)], proved()),
        Able::No,
        "no service account",
    );
    let mut blind = not_told(valid());
    blind.accounts = unknown();
    can(&blind, Able::Unknown, "accounts");
}
