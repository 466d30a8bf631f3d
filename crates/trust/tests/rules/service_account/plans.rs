//! The plans of the orders about the service account.

use trust::action::*;
use trust::code::Code;
use trust::observation::*;
use trust::plan::{Knowledge, Plan, Situation};

use super::support::{
    answered, bestow, bestow_without_token, conflict, not_told, proved, valid, valid_but, with,
};
use crate::support::{account, enabled};

fn plan(action: &Action, observation: &Observation) -> Plan {
    let situation = Situation {
        observation: Some(observation),
        online: true,
        knowledge: Knowledge::NONE,
    };
    Plan::for_action(action, &situation)
}

fn refusal(action: &Action, observation: &Observation) -> Option<Code> {
    plan(action, observation).refusal()
}

fn create() -> Action {
    Action::CreateServiceAccount(CreateServiceAccount {
        administrator: "ada".parse().unwrap(),
        promote_administrator: false,
    })
}

fn repair(administrator: Option<&str>) -> Action {
    Action::RepairServiceAccount(RepairServiceAccount {
        administrator: administrator.map(|name| name.parse().unwrap()),
        promote_administrator: false,
    })
}

fn rotate() -> Action {
    Action::RotateServiceAccountPassword(RotateServiceAccountPassword {})
}

fn remove(confirmed: bool) -> Action {
    Action::RemoveServiceAccount(RemoveServiceAccount {
        confirm_device_name: confirmed.then(|| "Mac".to_owned()),
    })
}

fn adopt(target: &str) -> Action {
    Action::AdoptAccount(AdoptAccount {
        person: None,
        target: target.parse().unwrap(),
    })
}

fn without(accounts: Vec<Account>) -> Observation {
    with(accounts, proved())
}

#[test]
fn making_one_needs_a_holder_who_is_an_administrator_and_a_free_place() {
    let can = without(vec![enabled("ada", true)]);
    let planned = plan(&create(), &can);
    assert_eq!(planned.refusal(), None);
    assert!(planned.outcomes.contains(&Code::ServiceAccountCreated));
    assert!(planned.outcomes.contains(&Code::AdministratorWrongPassword));
    let cases = [
        (valid(), Code::ServiceAccountExists),
        (without(vec![account("ada", true)]), Code::ChainBroken),
        (without(vec![enabled("ada", false)]), Code::AdministratorNotAdmin),
        (without(vec![enabled("ben", true)]), Code::AdministratorUnknown),
    ];
    for (observation, code) in cases {
        assert_eq!(refusal(&create(), &observation), Some(code));
    }
}

#[test]
fn a_conflict_of_the_policy_is_predicted_before_anything_is_sent() {
    let seen = |password: PasswordOutlook| ServiceAccount {
        policy: PolicyOutlook {
            password,
            ..proved().policy
        },
        ..proved()
    };
    let conflicting = with(vec![enabled("ada", true)], seen(conflict()));
    let planned = plan(&create(), &conflicting);
    assert_eq!(planned.refusal(), Some(Code::PasswordPolicyConflict));
    let row = planned.failed_rows().next().unwrap();
    assert!(row.saw.contains("at least 40 characters"), "{}", row.saw);
    let doubtful = with(
        vec![enabled("ada", true)],
        seen(PasswordOutlook::CannotTell {
            why: "a rule cannot be read".to_owned(),
        }),
    );
    let planned = plan(&create(), &doubtful);
    assert_eq!(planned.refusal(), None);
    assert!(planned.outcomes.contains(&Code::PasswordPolicyConflict));
    let rotation = with(vec![bestow(), enabled("ada", true)], seen(conflict()));
    assert_eq!(refusal(&rotate(), &rotation), Some(Code::PasswordPolicyConflict));
}

#[test]
fn only_what_is_valid_is_rotated_and_hands_on() {
    for action in [rotate(), adopt("ada")] {
        assert_eq!(refusal(&action, &valid()), None);
        let wrong = valid_but(|seen| seen.disk_password = Some(answered(PasswordAnswer::Wrong)));
        assert_eq!(refusal(&action, &wrong), Some(Code::ServiceAccountDiskPassword));
        let missing = without(vec![enabled("ada", true)]);
        assert_eq!(refusal(&action, &missing), Some(Code::ServiceAccountMissing));
        let untold = plan(&action, &not_told(valid()));
        assert_eq!(untold.refusal(), None);
        assert!(untold.outcomes.contains(&Code::ServiceAccountUnproved));
    }
}

#[test]
fn adopting_needs_a_person_s_account() {
    assert_eq!(refusal(&adopt("nobody"), &valid()), Some(Code::TargetUnknown));
    assert_eq!(refusal(&adopt("_bestow"), &valid()), Some(Code::TargetUnknown));
    let without_token = without(vec![bestow(), enabled("ada", true), account("ben", false)]);
    let planned = plan(&adopt("ben"), &without_token);
    assert_eq!(planned.refusal(), None);
    assert!(planned.cost.shows_after_restart);
    assert!(planned.outcomes.contains(&Code::AccountAdopted));
    assert!(planned.outcomes.contains(&Code::TargetWrongPassword));
}

#[test]
fn a_repair_says_who_must_help() {
    let no_token = without(vec![bestow_without_token(), enabled("ada", true)]);
    assert_eq!(
        refusal(&repair(None), &no_token),
        Some(Code::ServiceAccountNeedsHolder)
    );
    assert_eq!(refusal(&repair(Some("ada")), &no_token), None);
    assert_eq!(
        refusal(&repair(Some("_bestow")), &no_token),
        Some(Code::ServiceAccountNeedsHolder)
    );
    let previous = valid_but(|seen| {
        seen.local_password = Some(answered(PasswordAnswer::Wrong));
        seen.stored.previous = true;
    });
    assert_eq!(refusal(&repair(None), &previous), None);
    let healthy = plan(&repair(None), &valid());
    assert_eq!(healthy.only_outcome(), Some(Code::ServiceAccountValid));
    assert_eq!(healthy.cost.local_password_tries, 0);
    let missing = without(vec![enabled("ada", true)]);
    assert_eq!(
        refusal(&repair(Some("ada")), &missing),
        Some(Code::ServiceAccountMissing)
    );
}

#[test]
fn removing_it_never_cuts_the_chain_unasked() {
    let proved_ada = || Account {
        token_proof: Some(TokenProof {
            result: ProofResult::Usable,
            at: crate::support::NOW,
            password_set_at: Some(crate::support::NOW),
        }),
        ..enabled("ada", true)
    };
    let proved_own = || Account {
        token_proof: proved_ada().token_proof,
        ..bestow()
    };
    let cut = [
        without(vec![bestow(), account("ada", true)]),
        without(vec![bestow(), enabled("ada", false)]),
        without(vec![proved_own(), enabled("ada", true)]),
    ];
    for observation in &cut {
        assert_eq!(refusal(&remove(false), observation), Some(Code::LastHolder));
        assert_eq!(refusal(&remove(true), observation), None);
    }
    let whole = [
        without(vec![bestow(), enabled("ada", true)]),
        without(vec![proved_own(), proved_ada()]),
        without(vec![bestow_without_token(), account("ada", true)]),
    ];
    for observation in &whole {
        assert_eq!(refusal(&remove(false), observation), None);
    }
    let none = without(vec![enabled("ada", true)]);
    assert_eq!(refusal(&remove(false), &none), Some(Code::ServiceAccountMissing));
}

#[test]
fn no_order_says_yes_to_a_mac_that_nobody_has_seen() {
    let unseen = Situation {
        observation: None,
        online: true,
        knowledge: Knowledge::NONE,
    };
    for action in [create(), rotate(), repair(None), remove(true), adopt("ada")] {
        let refusal = Plan::for_action(&action, &unseen).refusal();
        assert_eq!(refusal, Some(Code::NotObserved));
    }
}

#[test]
fn every_action_survives_json_and_becomes_its_own_template() {
    for action in [
        create(),
        rotate(),
        repair(None),
        repair(Some("ada")),
        remove(true),
        adopt("ada"),
    ] {
        let json = serde_json::to_string(&action).unwrap();
        assert_eq!(serde_json::from_str::<Action>(&json).unwrap(), action);
        let template = ActionTemplate::from(&action);
        assert_eq!(template.literal().as_ref(), Some(&action));
        assert_eq!(template.secret_roles(), action.secret_roles());
        assert_eq!(template.kind(), action.kind());
        assert!(template.allows(&action));
        assert!(json.contains(action.kind()));
    }
}
