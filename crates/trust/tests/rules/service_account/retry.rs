//! What came of trying again after somebody chose a way past the password policy.

use trust::code::Code;
use trust::observation::{CreationAttempt, PasswordOutlook, ServiceAccount};
use trust::service_account::Settings;
use trust::service_account::policy_conflict::{Retry, retry_after};
use trust::time::Timestamp;

use super::support::*;
use crate::support::{NOW, enabled};

const CHOSEN: Timestamp = Timestamp(NOW.0 - 1_000);

fn settings() -> Settings {
    Settings {
        try_again_at: Some(CHOSEN),
        ..Settings::default()
    }
}

/// What an agent tells that goes by the settings and found this.
fn tried(password: PasswordOutlook) -> ServiceAccount {
    let mut seen = proved();
    seen.settings_digest = Some(settings().digest());
    seen.policy.password = password;
    seen
}

fn retry(seen: ServiceAccount) -> Retry {
    retry_after(CHOSEN, Some(&with(vec![enabled("ada", true)], seen)), &settings())
}

#[test]
fn a_mac_that_has_not_told_since_is_waited_for() {
    assert_eq!(retry_after(CHOSEN, None, &settings()), Retry::WaitsForMac);
    let earlier = ServiceAccount {
        settings_digest: Some(Settings::default().digest()),
        ..tried(PasswordOutlook::Possible)
    };
    assert_eq!(retry(earlier), Retry::WaitsForMac);
    assert_eq!(Retry::WaitsForMac.at(), None);
}

#[test]
fn what_still_stands_in_the_way_is_named() {
    let told = retry(tried(conflict()));
    let Retry::StillInConflict { rules, at } = &told else {
        panic!("{told:?}")
    };
    assert_eq!((rules.len(), *at), (2, NOW));
    assert!(
        told.sentence().contains(&rules[0].words) && told.sentence().contains(&rules[0].origin.words()),
        "{}",
        told.sentence()
    );
    let why = "a rule cannot be read".to_owned();
    assert_eq!(
        retry(tried(PasswordOutlook::CannotTell { why: why.clone() })),
        Retry::CannotTell { why, at: NOW }
    );
}

#[test]
fn rules_that_have_gone_leave_a_login_to_wait_for() {
    let told = retry(tried(PasswordOutlook::Possible));
    assert!(
        matches!(&told, Retry::RulesGone { waits_for, .. } if waits_for.contains("login")),
        "{told:?}"
    );
}

#[test]
fn a_try_that_failed_since_is_told_and_an_older_one_is_not() {
    let attempt = |at| {
        let mut seen = tried(PasswordOutlook::Possible);
        seen.last_creation = Some(CreationAttempt {
            at,
            code: Code::ServiceAccountNotCreated,
            holder: Some("ada".to_owned()),
        });
        retry(seen)
    };
    assert_eq!(
        attempt(NOW),
        Retry::Failed {
            code: Code::ServiceAccountNotCreated,
            at: NOW
        }
    );
    let before = Timestamp(CHOSEN.0 - 1);
    assert!(matches!(attempt(before), Retry::RulesGone { .. }));
}

#[test]
fn a_valid_account_is_a_success_and_a_broken_one_waits_for_its_repair() {
    let whole = with(
        vec![enabled("ada", true), bestow()],
        tried(PasswordOutlook::Possible),
    );
    assert_eq!(
        retry_after(CHOSEN, Some(&whole), &settings()),
        Retry::Succeeded { at: NOW }
    );
    let broken = with(
        vec![enabled("ada", true), bestow_without_token()],
        tried(PasswordOutlook::Possible),
    );
    let told = retry_after(CHOSEN, Some(&broken), &settings());
    assert!(
        matches!(&told, Retry::RulesGone { waits_for, .. } if waits_for.contains("repair")),
        "{told:?}"
    );
}

#[test]
fn where_none_is_wanted_nothing_is_tried() {
    let unwanted = Settings {
        wanted: false,
        ..settings()
    };
    let mac = with(vec![enabled("ada", true)], tried(conflict()));
    assert_eq!(retry_after(CHOSEN, Some(&mac), &unwanted), Retry::NotWanted);
}
