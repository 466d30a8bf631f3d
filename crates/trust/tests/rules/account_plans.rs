//! The plans of the actions on an account that exists.

use crate::support::{NOW, account, enabled, known, mac, unknown};
use trust::action::*;
use trust::code::Code;
use trust::observation::*;
use trust::plan::{Check, Knowledge, Plan, RowState, Situation};

fn name(name: &str) -> trust::name::AccountName {
    name.parse().unwrap()
}

fn confirmed(yes: bool) -> Option<String> {
    yes.then(|| "Mac".to_owned())
}

fn promote(target: &str) -> Action {
    Action::PromoteAccount(PromoteAccount { target: name(target) })
}

fn unlock(target: &str) -> Action {
    Action::UnlockAccount(UnlockAccount { target: name(target) })
}

fn demote(target: &str, yes: bool) -> Action {
    Action::DemoteAccount(DemoteAccount {
        target: name(target),
        confirm_device_name: confirmed(yes),
    })
}

fn disable(target: &str, yes: bool) -> Action {
    Action::DisableAccount(DisableAccount {
        target: name(target),
        confirm_device_name: confirmed(yes),
    })
}

fn delete(target: &str, yes: bool) -> Action {
    Action::DeleteAccount(DeleteAccount {
        target: name(target),
        remove_home: true,
        confirm_device_name: confirmed(yes),
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

fn proved(name: &str, administrator: bool) -> Account {
    let token_proof = Some(TokenProof {
        result: ProofResult::Usable,
        at: NOW,
        password_set_at: Some(NOW),
    });
    Account {
        token_proof,
        ..enabled(name, administrator)
    }
}

fn state_of(plan: &Plan, check: Check) -> Option<&RowState> {
    plan.rows
        .iter()
        .find(|row| row.check == check)
        .map(|row| &row.state)
}

#[test]
fn each_is_refused_for_an_account_that_is_not_there_or_is_the_agents() {
    let mac = mac(vec![proved("ada", true), proved("ben", true)]);
    for of in [
        |target: &str| promote(target),
        |target: &str| unlock(target),
        |target: &str| demote(target, true),
        |target: &str| disable(target, true),
        |target: &str| delete(target, true),
    ] {
        assert_eq!(plan(&of("nobody"), &mac).refusal(), Some(Code::TargetUnknown));
        assert_eq!(
            plan(&of("_bestow"), &mac).refusal(),
            Some(Code::ServiceAccountProtected)
        );
        let unseen = Situation {
            observation: None,
            online: true,
            knowledge: Knowledge::NONE,
        };
        let refusal = Plan::for_action(&of("ada"), &unseen).refusal();
        assert_eq!(refusal, Some(Code::NotObserved));
    }
}

#[test]
fn what_would_cut_the_chain_needs_the_macs_name() {
    let alone = mac(vec![proved("ada", true), account("ben", true)]);
    for of in [demote, disable, delete] {
        let refused = plan(&of("ada", false), &alone);
        assert_eq!(refused.refusal(), Some(Code::LastHolder));
        assert_eq!(
            state_of(&refused, Check::OtherHolders),
            Some(&RowState::Failed {
                code: Code::LastHolder
            })
        );
        assert_eq!(plan(&of("ada", true), &alone).refusal(), None);
    }
    let no_other_administrator = mac(vec![account("ada", true), proved("ben", false)]);
    for of in [demote, disable, delete] {
        let refused = plan(&of("ada", false), &no_other_administrator);
        assert_eq!(refused.refusal(), Some(Code::LastAdministrator));
    }
    let two = mac(vec![proved("ada", true), proved("ben", true)]);
    for of in [demote, disable, delete] {
        let allowed = plan(&of("ada", false), &two);
        assert_eq!(allowed.refusal(), None);
        assert_eq!(state_of(&allowed, Check::OtherHolders), Some(&RowState::Warning));
    }
}

/// macOS keeps its last holder and its last administrator. What else a person accepted, it does.
#[test]
fn an_accepted_deletion_is_in_doubt_only_where_macos_keeps_the_account() {
    let row = |seen: &Observation| {
        let planned = plan(&delete("ada", true), seen);
        assert_eq!(planned.refusal(), None);
        state_of(&planned, Check::OtherHolders).unwrap().clone()
    };
    let in_doubt = RowState::UnknownUntilTried {
        codes: vec![Code::AccountNotDeleted],
    };
    let last_holder = mac(vec![proved("ada", true), account("ben", true)]);
    assert_eq!(row(&last_holder), in_doubt);
    let last_administrator = mac(vec![account("ada", true), proved("ben", false)]);
    assert_eq!(row(&last_administrator), in_doubt);
    let last_granter = mac(vec![
        proved("ada", true),
        proved("ben", false),
        account("eve", true),
    ]);
    assert_eq!(row(&last_granter), RowState::Warning);
}

#[test]
fn what_is_so_already_changes_nothing() {
    let mut ben = proved("ben", false);
    ben.disabled = true;
    let mac = mac(vec![proved("ada", true), ben]);
    for action in [promote("ada"), demote("ben", false), disable("ben", false)] {
        let plan = plan(&action, &mac);
        assert_eq!(plan.only_outcome(), Some(Code::NothingToDo), "{action:?}");
        assert!(plan.mishaps.is_empty());
    }
    // A lock-out shows on the Mac only.
    assert_eq!(
        plan(&unlock("ada"), &mac).only_outcome(),
        Some(Code::AccountUnlocked)
    );
}

#[test]
fn no_home_is_put_at_risk_without_full_disk_access() {
    let mut mac = mac(vec![proved("ada", true), proved("ben", true)]);
    mac.full_disk_access = known(false);
    assert_eq!(
        plan(&delete("ben", false), &mac).refusal(),
        Some(Code::FullDiskAccessMissing)
    );
}

#[test]
fn a_mac_that_did_not_tell_its_accounts_leaves_everything_open() {
    let mut mac = mac(vec![]);
    mac.accounts = unknown();
    let open = plan(&delete("ada", false), &mac);
    assert_eq!(open.refusal(), None);
    for code in [Code::TargetUnknown, Code::LastHolder, Code::LastAdministrator] {
        assert!(open.outcomes.contains(&code), "{code}");
    }
}

#[test]
fn every_action_survives_json_and_becomes_its_own_template() {
    for action in [
        promote("ada"),
        unlock("ada"),
        demote("ada", false),
        disable("ada", true),
        delete("ada", true),
    ] {
        let json = serde_json::to_string(&action).unwrap();
        assert_eq!(serde_json::from_str::<Action>(&json).unwrap(), action);
        let template = ActionTemplate::from(&action);
        assert_eq!(template.literal().as_ref(), Some(&action));
        assert_eq!(template.kind(), action.kind());
        assert_eq!(template.confirm_device_name(), action.confirm_device_name());
        assert!(template.allows(&action) && json.contains(action.kind()));
        assert!(template.secret_roles().is_empty() && action.secret_roles().is_empty());
    }
    let asked = ActionTemplate::from(&demote("ada", false));
    assert!(
        !asked.allows(&demote("ada", true)),
        "nobody accepts in another's place"
    );
}
