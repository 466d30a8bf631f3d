//! The policy "token for primary users".

use trust::action::Action;
use trust::code::Code;
use trust::finding::{Finding, PrimaryUser, Remedy, Severity, primary_user_without_token};
use trust::observation::Observation;
use trust::os::OsVersion;

use crate::support::*;

/// `ada` is an administrator who holds a token, `ben` is neither.
fn healthy() -> Observation {
    mac(vec![enabled("ada", true), account("ben", false)])
}

fn finding(observation: &Observation, account: &str) -> Option<Finding> {
    let (account, full_name) = (account.parse().unwrap(), "Ben O’Neill".parse().unwrap());
    let user = PrimaryUser {
        account: &account,
        full_name: Some(&full_name),
    };
    primary_user_without_token(observation, user)
}

#[test]
fn an_account_without_a_token_comes_with_the_grant() {
    let found = finding(&healthy(), "ben").unwrap();
    assert_eq!(
        (found.code, found.severity),
        (Code::PrimaryUserWithoutToken, Severity::Problem)
    );
    assert_eq!(found.account.as_deref(), Some("ben"));
    let Some(Remedy::Action {
        action: Action::GrantSecureToken(grant),
        ..
    }) = found.remedies.first()
    else {
        panic!("{found:?}");
    };
    assert_eq!(
        (grant.administrator.as_str(), grant.target.as_str()),
        ("ada", "ben")
    );
    assert!(Finding::codes().contains(&Code::PrimaryUserWithoutToken));
}

#[test]
fn a_holder_is_no_finding() {
    assert_eq!(finding(&healthy(), "ada"), None);
}

#[test]
fn an_account_that_does_not_exist_yet_is_said_to_be_missing() {
    let found = finding(&healthy(), "zoe").unwrap();
    assert!(found.evidence.contains("does not exist"), "{}", found.evidence);
    let Some(Remedy::Action {
        action: Action::CreateAccount(create),
        ..
    }) = found.remedies.first()
    else {
        panic!("{found:?}");
    };
    assert_eq!(
        (create.target.as_str(), create.full_name.as_str()),
        ("zoe", "Ben O’Neill")
    );
    assert_eq!(create.administrator.as_ref().unwrap().as_str(), "ada");
}

#[test]
fn where_nobody_can_hand_a_token_on_the_chain_comes_first() {
    let broken = mac(vec![account("ada", true), account("ben", false)]);
    let found = finding(&broken, "ben").unwrap();
    assert!(
        matches!(&found.remedies[..], [Remedy::Person { step, .. }] if step.contains("chain")),
        "{found:?}"
    );
    let found = finding(&broken, "zoe").unwrap();
    assert!(
        matches!(&found.remedies[..], [Remedy::Person { .. }]),
        "{found:?}"
    );
}

#[test]
fn nothing_is_said_of_a_mac_that_knows_no_tokens_or_did_not_tell() {
    let mut silent = healthy();
    silent.accounts = unknown();
    assert_eq!(finding(&silent, "ben"), None);
    let mut old = healthy();
    let mut system = old.system.value().unwrap().clone();
    system.version = OsVersion::new(10, 12, 6);
    old.system = known(system);
    assert_eq!(finding(&old, "ben"), None);
}
