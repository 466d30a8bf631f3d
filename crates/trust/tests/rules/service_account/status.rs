//! The truth table of the status.

use trust::observation::*;
use trust::service_account::{ReasonKind, Settings, Status, condition, easily_recovered, status};
use trust::time::Timestamp;

use super::support::{answered, bestow, bestow_without_token, not_told, proved, valid, valid_but, with};
use crate::support::{NOW, account, enabled, known, mac, unknown};

fn reasons(observation: &Observation) -> Vec<ReasonKind> {
    let condition = condition(observation);
    let Status::Invalid { reasons } = &condition else {
        panic!("it is {condition:?}");
    };
    for reason in reasons {
        assert_eq!(
            (reason.at, reason.by.is_empty()),
            (NOW, false),
            "every reason is dated"
        );
        assert!(!reason.saw.is_empty());
    }
    reasons.iter().map(|reason| reason.reason).collect()
}

fn unknown_why(observation: &Observation) -> String {
    match condition(observation) {
        Status::Unknown { why } => why,
        other => panic!("it is {other:?}"),
    }
}

#[test]
fn it_is_valid_when_it_holds_and_both_proofs_stand() {
    assert_eq!(condition(&valid()), Status::Valid { proved_at: NOW });
    let older = valid_but(|seen| {
        seen.disk_password = Some(PasswordProof {
            at: Timestamp(5),
            ..answered(PasswordAnswer::Right)
        });
    });
    assert_eq!(
        condition(&older),
        Status::Valid {
            proved_at: Timestamp(5)
        }
    );
}

#[test]
fn each_reason_is_told_apart() {
    let ada = || enabled("ada", true);
    assert_eq!(reasons(&with(vec![ada()], proved())), [ReasonKind::Missing]);
    let no_token = with(vec![bestow_without_token(), ada()], proved());
    assert_eq!(reasons(&no_token), [ReasonKind::NoToken]);
    let demoted = Account {
        administrator: false,
        ..bestow()
    };
    assert_eq!(
        reasons(&with(vec![demoted, ada()], proved())),
        [ReasonKind::CannotGrant]
    );
    let disabled = Account {
        disabled: true,
        ..bestow()
    };
    assert_eq!(
        reasons(&with(vec![disabled, ada()], proved())),
        [ReasonKind::CannotGrant]
    );
    let lost = valid_but(|seen| {
        seen.stored = StoredPasswords::default();
        (seen.local_password, seen.disk_password) = (None, None);
    });
    assert_eq!(reasons(&lost), [ReasonKind::PasswordLost]);
    let wrong = || Some(answered(PasswordAnswer::Wrong));
    let local = valid_but(|seen| seen.local_password = wrong());
    assert_eq!(reasons(&local), [ReasonKind::LocalPassword]);
    let disk = valid_but(|seen| seen.disk_password = wrong());
    assert_eq!(reasons(&disk), [ReasonKind::DiskPassword]);
    let both = valid_but(|seen| (seen.local_password, seen.disk_password) = (wrong(), wrong()));
    assert_eq!(
        reasons(&both),
        [ReasonKind::LocalPassword, ReasonKind::DiskPassword]
    );
}

#[test]
fn a_token_that_the_disk_does_not_list_is_none() {
    let mut unlisted = valid();
    unlisted.crypto_users = known(Vec::new());
    assert_eq!(reasons(&unlisted), [ReasonKind::NoToken]);
}

#[test]
fn before_the_first_restart_and_login_nothing_is_amiss() {
    for (restarted, login_seen, awaits) in [
        (false, false, true),
        (false, true, true),
        (true, false, true),
        (true, true, false),
    ] {
        let seen = ServiceAccount {
            restarted_since_enrolment: restarted,
            login_seen_since_restart: login_seen,
            ..proved()
        };
        let condition = condition(&with(vec![enabled("ada", true)], seen));
        assert_eq!(
            condition == Status::AwaitingFirstLogin,
            awaits,
            "restarted {restarted}, login seen {login_seen}: {condition:?}"
        );
    }
}

#[test]
fn an_account_that_is_there_does_not_wait_for_a_login() {
    let early = valid_but(|seen| seen.restarted_since_enrolment = false);
    assert!(matches!(condition(&early), Status::Valid { .. }));
}

#[test]
fn a_proof_lapses_with_the_password() {
    let lapsed = valid_but(|seen| {
        seen.local_password = Some(PasswordProof {
            password_set_at: Some(Timestamp(1)),
            ..answered(PasswordAnswer::Wrong)
        });
    });
    assert!(unknown_why(&lapsed).contains("Open Directory"));
}

#[test]
fn what_was_not_told_is_not_guessed() {
    assert!(unknown_why(&not_told(valid())).contains("not told"));
    assert!(unknown_why(&mac(vec![bestow()])).contains("did not look"));
    let mut silent = valid();
    silent.accounts = unknown();
    unknown_why(&silent);
    let mut no_label = valid();
    let mut accounts = no_label.accounts.value().unwrap().clone();
    accounts[0].token_label = unknown();
    no_label.accounts = known(accounts);
    assert!(unknown_why(&no_label).contains("Secure Token"));
    let untold = valid_but(|seen| {
        seen.disk_password = Some(answered(PasswordAnswer::CannotTell {
            why: "no Full Disk Access".to_owned(),
        }));
    });
    assert_eq!(unknown_why(&untold), "no Full Disk Access");
}

#[test]
fn it_is_not_wanted_where_the_organisation_or_the_mac_says_so() {
    let none = Settings {
        wanted: false,
        ..Settings::default()
    };
    let not_wanted = |status: Status| matches!(status, Status::NotWanted { .. });
    assert!(not_wanted(status(&valid(), &none)));
    assert!(!not_wanted(status(&valid(), &Settings::default())));
    let mut old = valid();
    old.boot_volume = known(BootVolume {
        device: "disk1".to_owned(),
        format: VolumeFormat::Hfs,
    });
    assert!(not_wanted(status(&old, &Settings::default())));
}

#[test]
fn it_is_easily_recovered_where_an_administrator_holds() {
    let missing = |accounts| easily_recovered(&with(accounts, proved()));
    assert!(missing(vec![enabled("ada", true)]));
    assert!(!missing(vec![enabled("ada", false)]));
    assert!(!missing(vec![account("ada", true)]));
    assert!(!easily_recovered(&valid()));
    let own_only = valid_but(|seen| seen.local_password = Some(answered(PasswordAnswer::Wrong)));
    assert!(easily_recovered(&own_only));
    let mut alone = own_only;
    alone.accounts = known(vec![bestow()]);
    assert!(!easily_recovered(&alone), "it cannot help itself");
}

#[test]
fn the_observation_of_an_older_agent_stays_as_it_is() {
    let old = mac(vec![enabled("ada", true)]);
    let json = serde_json::to_value(&old).unwrap();
    assert_eq!(json.get("service_account"), None);
    let read: Observation = serde_json::from_value(json).unwrap();
    assert_eq!((read.digest(), &read), (old.digest(), &old));
    let told = valid();
    let read: Observation = serde_json::from_str(&serde_json::to_string(&told).unwrap()).unwrap();
    assert_eq!(read, told);
    assert_ne!(read.digest(), not_told(told).digest());
}
