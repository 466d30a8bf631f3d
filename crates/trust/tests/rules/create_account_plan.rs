//! The plan of making an account, with and without a token.

use std::collections::BTreeSet;

use crate::support::{account, enabled, known, mac};
use trust::action::{Action, CreateAccount, SecretRole};
use trust::code::Code;
use trust::observation::{Observation, System};
use trust::os::OsVersion;
use trust::plan::{Check, Knowledge, Plan, Situation};

fn create(target: &str, full_name: &str, administrator: Option<&str>) -> Action {
    Action::CreateAccount(CreateAccount {
        target: target.parse().unwrap(),
        full_name: full_name.parse().unwrap(),
        role: Default::default(),
        hidden: false,
        administrator: administrator.map(|name| name.parse().unwrap()),
        promote_administrator: false,
    })
}

fn plan(action: &Action, observation: &Observation) -> Plan {
    let situation = Situation {
        observation: Some(observation),
        online: true,
        knowledge: Knowledge::NONE,
    };
    Plan::for_action(action, &situation)
}

fn healthy() -> Observation {
    mac(vec![enabled("ada", true), account("ben", false)])
}

#[test]
fn without_a_granter_only_the_names_and_the_policy_matter() {
    let action = create("cleo", "Cleo", None);
    assert_eq!(action.secret_roles(), [SecretRole::Target]);
    let plan = plan(&action, &healthy());
    assert_eq!(
        plan.outcomes,
        BTreeSet::from([Code::AccountCreated, Code::PasswordPolicyConflict])
    );
    assert_eq!(plan.cost.local_password_tries, 0);
}

#[test]
fn with_a_granter_the_rules_of_a_grant_hold_too() {
    let action = create("cleo", "Cleo", Some("ada"));
    assert_eq!(
        action.secret_roles(),
        [SecretRole::Administrator, SecretRole::Target]
    );
    let plan = plan(&action, &healthy());
    assert!(plan.outcomes.contains(&Code::CreatedWithToken));
    assert!(plan.outcomes.contains(&Code::AdministratorWrongPassword));
    assert!(
        plan.mishaps.contains(&Code::CreatedWithoutToken),
        "never a plain success"
    );
}

#[test]
fn names_that_are_taken_are_refused_whatever_their_case() {
    let refusal = |target, full_name| plan(&create(target, full_name, Some("ada")), &healthy()).refusal();
    assert_eq!(refusal("Ben", "Somebody"), Some(Code::AccountExists));
    assert_eq!(refusal("cleo", "ben"), Some(Code::FullNameTaken));
    assert_eq!(refusal("cleo", "Cleo"), None);
}

#[test]
fn a_granter_that_cannot_grant_stops_it_before_anything_is_made() {
    let refusal = |administrator| plan(&create("cleo", "Cleo", Some(administrator)), &healthy()).refusal();
    assert_eq!(refusal("ben"), Some(Code::AdministratorHasNoToken));
    assert_eq!(refusal("eve"), Some(Code::AdministratorUnknown));
    let nobody = mac(vec![account("ada", true)]);
    assert_eq!(
        plan(&create("cleo", "Cleo", Some("ada")), &nobody).refusal(),
        Some(Code::ChainBroken)
    );
}

#[test]
fn the_policy_is_asked_before_a_password_of_anybody_is_tried() {
    let action = create("cleo", "Cleo", Some("ada"));
    let healthy = healthy();
    let with = |password_policy| {
        let situation = Situation {
            observation: Some(&healthy),
            online: true,
            knowledge: Knowledge {
                password_policy,
                administrator_local: Some(false),
                ..Knowledge::NONE
            },
        };
        Plan::for_action(&action, &situation)
    };
    assert_eq!(with(Some(false)).refusal(), Some(Code::PasswordPolicyConflict));
    assert_eq!(with(Some(true)).refusal(), Some(Code::AdministratorWrongPassword));
    assert!(!with(Some(true)).outcomes.contains(&Code::PasswordPolicyConflict));
    let row = |plan: &Plan, check| plan.rows.iter().position(|row| row.check == check);
    let plan = with(None);
    assert!(row(&plan, Check::PasswordPolicy) < row(&plan, Check::AdministratorPassword));
}

#[test]
fn an_old_mac_makes_accounts_but_no_tokens() {
    let mut sierra = healthy();
    sierra.system = known(System {
        version: OsVersion::new(10, 12, 6),
        build: "16G29".to_owned(),
    });
    assert_eq!(
        plan(&create("cleo", "Cleo", Some("ada")), &sierra).refusal(),
        Some(Code::OsTooOld)
    );
    assert_eq!(plan(&create("cleo", "Cleo", None), &sierra).refusal(), None);
}
