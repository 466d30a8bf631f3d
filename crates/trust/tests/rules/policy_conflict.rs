//! The ways past a password policy that leaves no password for the service account.

use trust::observation::{MdmEnrolment, Observation};
use trust::service_account::policy_conflict::{Choice, ObstructingRule, RuleOrigin, Workaround, choices};

use crate::support::{known, mac, unknown};

const OURS: &str = "https://bestow.example/mdm";

fn rule(identifier: Option<&str>) -> ObstructingRule {
    ObstructingRule {
        words: "Contain at most 8 characters.".to_owned(),
        origin: RuleOrigin::of_identifier(identifier),
    }
}

fn sent() -> ObstructingRule {
    rule(Some(
        "ProfilePayload:3B01C197-EA69-4DAE-A872-5C6AB9816A2B:customRegex",
    ))
}

fn managed_by(server_url: Option<&str>) -> Observation {
    Observation {
        mdm: known(MdmEnrolment {
            enrolled: true,
            user_approved: true,
            automated: false,
            server_url: server_url.map(str::to_owned),
        }),
        ..mac(Vec::new())
    }
}

fn open(choices: &[Choice]) -> Vec<Workaround> {
    let open = choices.iter().filter(|choice| choice.is_open());
    open.map(|choice| choice.workaround).collect()
}

#[test]
fn who_set_a_rule_stands_in_its_identifier() {
    assert_eq!(
        sent().origin,
        RuleOrigin::Profile {
            payload: "3B01C197-EA69-4DAE-A872-5C6AB9816A2B".to_owned()
        }
    );
    assert_eq!(
        rule(Some("com.apple.defaultpasswordpolicy.fde")).origin,
        RuleOrigin::System
    );
    assert_eq!(rule(Some("Has a number")).origin, RuleOrigin::Hand);
    assert_eq!(rule(None).origin, RuleOrigin::Hand);
}

#[test]
fn another_mdms_policy_has_three_ways_out_where_we_are_an_mdm_too() {
    let elsewhere = managed_by(Some("https://mdm.example"));
    let all = choices(&[sent()], &elsewhere, Some(OURS));
    assert_eq!(open(&all), Workaround::ALL);
    assert!(
        all[0].steps[0].contains("the MDM at https://mdm.example"),
        "{:#?}",
        all[0]
    );
    assert!(all[0].steps[0].contains("3B01C197-EA69-4DAE-A872-5C6AB9816A2B"));
    let without_ours = choices(&[sent()], &elsewhere, None);
    assert_eq!(
        open(&without_ours),
        [Workaround::ExcludeMac, Workaround::RemovePolicy]
    );
}

#[test]
fn our_own_policy_is_not_escaped_by_making_us_the_mdm() {
    let ours = managed_by(Some(OURS));
    assert_eq!(
        open(&choices(&[sent()], &ours, Some(OURS))),
        [Workaround::ExcludeMac, Workaround::RemovePolicy]
    );
}

#[test]
fn rules_that_were_set_by_hand_are_removed_by_hand() {
    let by_hand = choices(&[rule(None)], &managed_by(None), Some(OURS));
    assert_eq!(open(&by_hand), [Workaround::RemovePolicy]);
    assert!(by_hand[1].steps[0].contains("pwpolicy -setaccountpolicies"));
    let both = choices(&[rule(None), sent()], &managed_by(None), None);
    assert_eq!(both[1].steps.len(), 2);
}

#[test]
fn macos_own_rules_stay() {
    let system = rule(Some("com.apple.defaultpasswordpolicy.fde"));
    assert!(open(&choices(&[system], &managed_by(None), None)).is_empty());
}

#[test]
fn what_the_mac_did_not_tell_closes_nothing() {
    let silent = Observation {
        mdm: unknown(),
        ..mac(Vec::new())
    };
    assert_eq!(open(&choices(&[sent()], &silent, Some(OURS))), Workaround::ALL);
    let unmanaged = Observation {
        mdm: known(MdmEnrolment {
            enrolled: false,
            user_approved: false,
            automated: false,
            server_url: None,
        }),
        ..mac(Vec::new())
    };
    let left_over = choices(&[sent()], &unmanaged, None);
    assert!(!open(&left_over).contains(&Workaround::ExcludeMac));
}

#[test]
fn every_way_says_what_it_is_and_what_comes_of_it() {
    for choice in choices(&[sent()], &managed_by(None), None) {
        assert!(!choice.workaround.label().is_empty() && !choice.workaround.consequence().is_empty());
        assert!(!choice.steps.is_empty() && !choice.preconditions.is_empty());
    }
}
