//! The reasons of one Mac: which they are, in which order, whose turn it is, and what is offered.

use trust::action::Action;
use trust::attention::{Attention, Reason, Turn, attention};
use trust::code::Code;
use trust::finding::{Finding, RemedyKind, Severity, diagnose, of_service_account};
use trust::observation::*;
use trust::service_account::Settings;

use crate::service_account::support::{answered, proved, valid, valid_but, with};
use crate::support::{account, enabled, known, mac};

fn of(observation: &Observation, settings: &Settings) -> Attention {
    let mut findings = diagnose(observation);
    findings.extend(of_service_account(observation, settings));
    findings.sort_by_key(|finding| finding.severity);
    attention(observation, settings, &findings)
}

fn reasons(observation: &Observation) -> Vec<Reason> {
    of(observation, &Settings::default()).reasons
}

fn in_short(observation: &Observation) -> Vec<(Code, RemedyKind, Turn)> {
    let reasons = reasons(observation).into_iter();
    reasons
        .map(|reason| (reason.code, reason.remedy, reason.turn))
        .collect()
}

#[test]
fn a_mac_that_is_well_needs_none_and_advice_is_no_reason() {
    let mut well = valid();
    assert_eq!(reasons(&well), []);
    well.accounts = known(vec![enabled("ada", true)]);
    let advice = diagnose(&well);
    assert!(advice.iter().any(|finding| finding.code == Code::OnlyOneHolder));
    assert!(
        reasons(&well)
            .iter()
            .all(|reason| reason.code != Code::OnlyOneHolder)
    );
}

#[test]
fn every_finding_that_is_a_problem_needs_attention_and_a_wait_that_lasts() {
    for code in Finding::codes() {
        let expected = match Severity::of(code) {
            Some(Severity::Critical | Severity::Problem) => true,
            _ => code == Code::ServiceAccountAwaitsLogin,
        };
        assert_eq!(Severity::needs_attention(code), expected, "{code}");
    }
    assert!(!Severity::needs_attention(Code::Granted));
}

#[test]
fn a_missing_service_account_waits_for_the_logins_that_would_make_it() {
    let mac = with(
        vec![enabled("ada", true), enabled("eve", true), enabled("sam", false)],
        proved(),
    );
    let [reason] = &reasons(&mac)[..] else {
        panic!("{:?}", reasons(&mac));
    };
    assert_eq!(
        (reason.code, reason.remedy, reason.turn),
        (
            Code::ServiceAccountMissing,
            RemedyKind::NextLogin,
            Turn::NamedPerson
        )
    );
    assert_eq!(reason.persons, ["ada", "eve"]);
    assert!(reason.step.contains("ada, eve"), "{}", reason.step);
    assert!(
        matches!(reason.action, Some(Action::CreateServiceAccount(_))),
        "or at once"
    );
}

#[test]
fn an_account_without_a_token_waits_for_its_own_login_where_the_service_account_hands_on() {
    let mut mac = valid();
    let accounts = mac.accounts.value().unwrap().clone();
    mac.accounts = known(
        accounts
            .into_iter()
            .chain([account("ben", false), account("eve", false)])
            .collect(),
    );
    let [reason] = &reasons(&mac)[..] else {
        panic!("{:?}", reasons(&mac));
    };
    assert_eq!(reason.code, Code::MissingFromStartUpScreen);
    assert_eq!(reason.accounts, ["ben", "eve"], "one reason for both");
    assert_eq!(
        (reason.remedy, &reason.persons[..]),
        (RemedyKind::NextLogin, &["ben".to_owned()][..])
    );
    assert!(matches!(reason.action, Some(Action::GrantSecureToken(_))));

    let excluding = Settings {
        excluded_accounts: vec!["ben".parse().unwrap()],
        ..Settings::default()
    };
    let excluded = &of(&mac, &excluding).reasons[0];
    assert_eq!(
        (excluded.remedy, excluded.turn),
        (RemedyKind::Console, Turn::Administrator)
    );
}

#[test]
fn without_a_service_account_the_console_grants() {
    let found = in_short(&mac(vec![
        enabled("ada", true),
        enabled("eve", true),
        account("ben", false),
    ]));
    assert_eq!(
        found,
        [(
            Code::MissingFromStartUpScreen,
            RemedyKind::Console,
            Turn::Administrator
        )]
    );
}

#[test]
fn a_broken_chain_comes_first_and_tells_whether_somebody_has_to_go_there() {
    let mut broken = with(vec![account("ada", true)], proved());
    let found = in_short(&broken);
    assert_eq!(
        (found[0].0, found[0].1),
        (Code::ChainBroken, RemedyKind::Recovery)
    );
    assert!(
        found
            .iter()
            .any(|reason| *reason == (Code::ServiceAccountMissing, RemedyKind::Recovery, found[0].2))
    );
    // Nobody but the holder of the recovery key can begin.
    broken.crypto_users = known(vec![CryptoUser {
        uuid: "EBC6C064-0000-11AA-AA11-00306543ECAC".to_owned(),
        kind: CryptoUserKind::PersonalRecovery,
        volume_owner: None,
    }]);
    assert_eq!(in_short(&broken)[0].2, Turn::Visit);
}

#[test]
fn what_stands_in_the_way_of_the_others_comes_before_them() {
    let mut mac = with(vec![enabled("ada", true), account("ben", false)], proved());
    mac.full_disk_access = known(false);
    let found = in_short(&mac);
    assert_eq!(
        found[0],
        (
            Code::FullDiskAccessMissing,
            RemedyKind::Management,
            Turn::Administrator
        )
    );
    assert!(
        found.iter().all(|reason| reason.1 == RemedyKind::Management),
        "{found:?}"
    );
}

#[test]
fn what_the_agent_mends_comes_last_even_where_it_is_worse() {
    let mut mac = valid_but(|seen| {
        seen.disk_password = Some(answered(PasswordAnswer::Wrong));
        seen.stored.previous = true;
    });
    assert_eq!(
        in_short(&mac),
        [(Code::ServiceAccountDiskPassword, RemedyKind::Agent, Turn::Agent)]
    );
    let accounts = mac.accounts.value().unwrap().clone();
    mac.accounts = known(accounts.into_iter().chain([account("ben", false)]).collect());
    let found: Vec<Turn> = in_short(&mac).iter().map(|reason| reason.2).collect();
    assert_eq!(found, [Turn::Administrator, Turn::Agent]);
}

#[test]
fn a_mac_that_waits_for_its_first_restart_says_so() {
    let fresh = ServiceAccount {
        restarted_since_enrolment: false,
        login_seen_since_restart: false,
        ..proved()
    };
    let mac = with(vec![enabled("ada", true), enabled("eve", true)], fresh);
    assert_eq!(
        in_short(&mac),
        [(
            Code::ServiceAccountAwaitsLogin,
            RemedyKind::Restart,
            Turn::AtTheMac
        )]
    );
}

#[test]
fn words_name_what_they_stand_for() {
    for turn in Turn::ALL {
        assert_eq!(Turn::from_word(turn.word()), Some(turn));
        assert_eq!(serde_json::to_value(turn).unwrap(), turn.word());
    }
    for kind in RemedyKind::ALL {
        assert_eq!(RemedyKind::from_word(kind.word()), Some(kind));
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.word());
    }
    assert!(RemedyKind::ALL.is_sorted() && Turn::ALL.is_sorted());
}
