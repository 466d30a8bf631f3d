//! What is found about the service account.

use trust::code::Code;
use trust::finding::{Finding, Remedy, Severity, of_service_account};
use trust::observation::*;
use trust::plan::{Knowledge, Plan, Situation};
use trust::service_account::{CONSEQUENCE, Settings};
use trust::time::Timestamp;

use super::support::{answered, bestow_without_token, conflict, not_told, proved, valid, valid_but, with};
use crate::support::{NOW, account, enabled, known};

/// What is found where a service account is wanted. No ready-made action is refused.
fn found(observation: &Observation) -> Vec<Finding> {
    let situation = Situation {
        observation: Some(observation),
        online: true,
        knowledge: Knowledge::NONE,
    };
    let found = of_service_account(observation, &Settings::default());
    for finding in &found {
        assert!(Finding::codes().contains(&finding.code));
        assert!(!finding.remedies.is_empty(), "{} has no way out", finding.code);
        for remedy in &finding.remedies {
            if let Remedy::Action { label, action } = remedy {
                let refusal = Plan::for_action(action, &situation).refusal();
                assert_eq!(refusal, None, "{} offers: {label}", finding.code);
            }
        }
    }
    found
}

fn codes(observation: &Observation) -> Vec<Code> {
    found(observation).iter().map(|finding| finding.code).collect()
}

#[test]
fn a_valid_one_and_one_that_nobody_told_of_raise_nothing() {
    assert_eq!(codes(&valid()), []);
    assert_eq!(codes(&not_told(valid())), []);
}

#[test]
fn each_reason_has_its_finding_with_the_consequence() {
    let ada = || enabled("ada", true);
    let wrong = || Some(answered(PasswordAnswer::Wrong));
    let cases = [
        (with(vec![ada()], proved()), Code::ServiceAccountMissing),
        (
            with(vec![bestow_without_token(), ada()], proved()),
            Code::ServiceAccountNoToken,
        ),
        (
            valid_but(|seen| seen.stored = StoredPasswords::default()),
            Code::ServiceAccountPasswordLost,
        ),
        (
            valid_but(|seen| seen.local_password = wrong()),
            Code::ServiceAccountLocalPassword,
        ),
        (
            valid_but(|seen| seen.disk_password = wrong()),
            Code::ServiceAccountDiskPassword,
        ),
    ];
    for (observation, code) in cases {
        let found = found(&observation);
        assert_eq!(found.len(), 1, "{code}");
        assert_eq!((found[0].code, found[0].severity), (code, Severity::Problem));
        assert_eq!(found[0].consequence, CONSEQUENCE);
        let offers_action = |remedy: &Remedy| matches!(remedy, Remedy::Action { .. });
        assert!(found[0].remedies.iter().any(offers_action), "{code}");
    }
}

#[test]
fn before_the_first_login_only_a_word_is_said() {
    let seen = ServiceAccount {
        restarted_since_enrolment: false,
        login_seen_since_restart: false,
        ..proved()
    };
    let found = found(&with(vec![enabled("ada", true)], seen));
    let said: Vec<_> = found
        .iter()
        .map(|finding| (finding.code, finding.severity))
        .collect();
    assert_eq!(said, [(Code::ServiceAccountAwaitsLogin, Severity::Info)]);
}

#[test]
fn a_conflict_is_told_before_anything_is_made() {
    let seen = ServiceAccount {
        restarted_since_enrolment: false,
        policy: PolicyOutlook {
            password: conflict(),
            ..proved().policy
        },
        ..proved()
    };
    let mut observation = with(vec![enabled("ada", true)], seen);
    observation.mdm = known(MdmEnrolment {
        enrolled: true,
        user_approved: true,
        automated: true,
        server_url: Some("https://mdm.example.com".to_owned()),
    });
    let all = of_service_account(&observation, &Settings::default());
    let found = all
        .iter()
        .find(|finding| finding.code == Code::ServiceAccountPolicyConflict)
        .unwrap();
    assert!(found.evidence.contains("at least 40 characters"));
    assert!(found.evidence.contains("no more than 20 characters"));
    let steps: Vec<String> = found
        .remedies
        .iter()
        .map(|remedy| format!("{remedy:?}"))
        .collect();
    assert!(steps[0].contains("mdm.example.com"), "{steps:?}");
}

#[test]
fn a_password_that_should_have_been_replaced_is_told_of() {
    let day = 24 * 60 * 60 * 1_000;
    let expiring =
        |days: i64| valid_but(|seen| seen.policy.expires_at = Some(Timestamp(NOW.as_millis() + days * day)));
    assert_eq!(codes(&expiring(4)), []);
    assert_eq!(codes(&expiring(3)), [Code::ServiceAccountExpiresSoon]);
    assert_eq!(codes(&expiring(-1)), [Code::ServiceAccountExpiresSoon]);
}

#[test]
fn where_nobody_can_help_the_ways_back_are_offered() {
    let alone = with(vec![account("ada", true)], proved());
    let found = found(&alone);
    assert_eq!(found[0].code, Code::ServiceAccountMissing);
    assert!(matches!(found[0].remedies[..], [Remedy::Runbook { .. }]));
}

#[test]
fn nothing_is_found_where_none_is_wanted() {
    let none = Settings {
        wanted: false,
        ..Settings::default()
    };
    let missing = with(vec![enabled("ada", true)], proved());
    assert_eq!(of_service_account(&missing, &none), []);
}
