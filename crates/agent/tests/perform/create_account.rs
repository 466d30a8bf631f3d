//! Each end of making an account, on a Mac that brings it about.

use std::sync::atomic::AtomicBool;

use agent::journal::Stage;
use macsim::model::clock::UnixMillis;
use macsim::model::mac::Mac;
use macsim::model::password_policy::{DemandOrigin, PasswordDemand};
use simrunner::SimRunner;
use trust::action::{AccountRole, Action, ActionState, CreateAccount};
use trust::code::Code;
use trust::outcome::{Outcome, Part};

use crate::macs::*;
use crate::runner::{WatchedRunner, Without};

const CLEO: &str = "cleo's \"pass\" %1";

fn create(administrator: Option<&str>) -> CreateAccount {
    CreateAccount {
        target: "cleo".parse().unwrap(),
        full_name: "Cléo O'Neill".parse().unwrap(),
        role: AccountRole::Standard,
        hidden: false,
        administrator: administrator.map(|name| name.parse().unwrap()),
        promote_administrator: false,
    }
}

fn carry_out(mac: Mac, create: CreateAccount, administrator: Option<&str>) -> (Outcome, Mac) {
    let (done, mac) = grant(
        mac,
        &order_for(Action::CreateAccount(create), administrator, CLEO),
    );
    (done.outcome, mac)
}

fn parts(outcome: &Outcome) -> Vec<(Part, Code)> {
    outcome.parts.iter().map(|part| (part.part, part.code)).collect()
}

#[test]
fn an_account_with_a_token_is_proved_in_both_parts() {
    let (outcome, mac) = carry_out(healthy(), create(Some("ada")), Some(ADA));
    assert_eq!(outcome.code, Code::CreatedWithToken, "{:#?}", outcome.evidence);
    let both = [
        (Part::CreateAccount, Code::AccountCreated),
        (Part::GrantSecureToken, Code::Granted),
    ];
    assert_eq!(parts(&outcome), both);
    assert_eq!(outcome.edge.unwrap().target, "cleo");
    assert!(truly_holds(&mac, "cleo", CLEO));
    let cleo = mac.directory.user("cleo").unwrap();
    assert_eq!(cleo.real_name(), "Cléo O'Neill");
    assert!(!mac.directory.is_admin(cleo));
}

#[test]
fn the_requested_attributes_are_there() {
    let wanted = CreateAccount {
        role: AccountRole::Administrator,
        hidden: true,
        ..create(None)
    };
    let (outcome, mac) = carry_out(healthy(), wanted, None);
    assert_eq!(outcome.code, Code::AccountCreated, "{:#?}", outcome.evidence);
    assert_eq!(parts(&outcome), [(Part::CreateAccount, Code::AccountCreated)]);
    let cleo = mac.directory.user("cleo").unwrap();
    assert!(mac.directory.is_admin(cleo) && cleo.accepts(CLEO));
    assert!(["1", "YES"].contains(&cleo.attributes.first("IsHidden")));
    assert!(!mac.is_holder(cleo), "no token was asked for");
}

#[test]
fn made_without_its_token_is_never_a_plain_success() {
    let order = order_for(Action::CreateAccount(create(Some("ada"))), Some(ADA), CLEO);
    let runner = WatchedRunner::new(healthy(), UnixMillis(NOW.0)).lie_about("-secureTokenOn");
    let outcome = order
        .carry_out(&runner, Stage::Started, &AtomicBool::new(false))
        .outcome;
    assert_eq!(outcome.code, Code::CreatedWithoutToken, "{:#?}", outcome.evidence);
    assert_eq!(outcome.state(), ActionState::Failed);
    assert_eq!(
        parts(&outcome)[1],
        (Part::GrantSecureToken, Code::GrantNotConfirmed)
    );
    assert!(runner.mac().directory.user("cleo").unwrap().accepts(CLEO));
}

#[test]
fn a_granter_that_cannot_grant_stops_it_before_anything_is_made() {
    for (administrator, password, code) in [
        ("ada", "wrong", Code::AdministratorWrongPassword),
        ("ben", BEN, Code::AdministratorHasNoToken),
        ("nobody_here", "x", Code::AdministratorUnknown),
    ] {
        let (outcome, mac) = carry_out(healthy(), create(Some(administrator)), Some(password));
        assert_eq!(outcome.code, code);
        assert_eq!(outcome.state(), ActionState::Refused);
        assert!(mac.directory.user("cleo").is_none(), "half of it was made");
    }
}

#[test]
fn names_that_are_taken_are_refused() {
    let taken = CreateAccount {
        target: "Ben".parse().unwrap(),
        ..create(None)
    };
    assert_eq!(carry_out(healthy(), taken, None).0.code, Code::AccountExists);
    let called = CreateAccount {
        full_name: "BEN".parse().unwrap(),
        ..create(None)
    };
    assert_eq!(carry_out(healthy(), called, None).0.code, Code::FullNameTaken);
}

#[test]
fn remains_of_a_deleted_account_make_the_tool_succeed_and_make_nothing() {
    let mut mac = healthy();
    mac.tombstones.insert("cleo".to_owned());
    let (outcome, mac) = carry_out(mac, create(None), None);
    assert_eq!(outcome.code, Code::AccountNotCreated, "{:#?}", outcome.evidence);
    assert!(mac.directory.user("cleo").is_none());
}

#[test]
fn a_password_that_the_policy_refuses_is_refused_before_anything_is_tried() {
    let mut strict = healthy();
    strict.password_policy.demands = vec![
        (PasswordDemand::MinLength(14), DemandOrigin::Local),
        (PasswordDemand::Digits(1), DemandOrigin::Local),
    ];
    let short = order_for(
        Action::CreateAccount(create(Some("ada"))),
        Some("wrong"),
        "short-1",
    );
    let (done, mac) = grant(strict, &short);
    let outcome = done.outcome;
    assert_eq!(
        outcome.code,
        Code::PasswordPolicyConflict,
        "{:#?}",
        outcome.evidence
    );
    assert_eq!(outcome.state(), ActionState::Refused);
    let said: Vec<&str> = outcome
        .evidence
        .iter()
        .map(|evidence| evidence.saw.as_str())
        .collect();
    assert_eq!(
        said,
        ["the new password violates: Contain at least 14 characters."]
    );
    assert!(mac.directory.user("cleo").is_none());
    let ada = mac.directory.user("ada").unwrap();
    assert_eq!(
        ada.policy.failed_login_count, 0,
        "no password of anybody was tried"
    );
}

#[test]
fn what_the_rules_leave_open_macos_decides() {
    // How characters beyond ASCII are counted cannot be told beforehand.
    let mut strict = healthy();
    strict.password_policy.demands = vec![(PasswordDemand::MinLength(14), DemandOrigin::Local)];
    for (password, code) in [
        ("kürzer", Code::PasswordPolicyConflict),
        ("länger als vierzehn", Code::AccountCreated),
    ] {
        let order = order_for(Action::CreateAccount(create(None)), None, password);
        let (done, _) = grant(strict.clone(), &order);
        assert_eq!(done.outcome.code, code, "{:#?}", done.outcome.evidence);
        assert_ne!(done.outcome.state(), ActionState::Refused, "it was tried");
    }
}

#[test]
fn a_policy_that_cannot_be_read_stops_nobody() {
    let order = order_for(Action::CreateAccount(create(None)), None, CLEO);
    let runner = SimRunner::new(healthy(), UnixMillis(NOW.0));
    let outcome = order
        .carry_out(
            &Without(&runner, &["pwpolicy"]),
            Stage::Started,
            &AtomicBool::new(false),
        )
        .outcome;
    assert_eq!(outcome.code, Code::AccountCreated, "{:#?}", outcome.evidence);
}
