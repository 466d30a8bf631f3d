//! The plans of giving an account another password.

use crate::support::{NOW, account, enabled, known, mac};
use trust::action::*;
use trust::code::Code;
use trust::guard::{Change, Loss, forecast};
use trust::observation::*;
use trust::plan::{Check, Knowledge, Plan, RowState, Situation};

fn change(target: &str) -> Action {
    Action::ChangePassword(ChangePassword {
        target: target.parse().unwrap(),
    })
}

fn reset(administrator: &str, target: &str) -> Action {
    Action::ResetPassword(ResetPassword {
        target: target.parse().unwrap(),
        administrator: administrator.parse().unwrap(),
    })
}

fn with(result: ProofResult, account: Account) -> Account {
    let token_proof = Some(TokenProof {
        result,
        at: NOW,
        password_set_at: Some(NOW),
    });
    Account {
        token_proof,
        ..account
    }
}

fn plan_knowing(action: &Action, observation: &Observation, knowledge: Knowledge) -> Plan {
    let situation = Situation {
        observation: Some(observation),
        online: true,
        knowledge,
    };
    Plan::for_action(action, &situation)
}

fn plan(action: &Action, observation: &Observation) -> Plan {
    plan_knowing(action, observation, Knowledge::NONE)
}

#[test]
fn both_keep_a_token_and_say_what_can_come_of_it() {
    let mac = mac(vec![
        with(ProofResult::Usable, enabled("ada", true)),
        enabled("ben", false),
        account("cleo", false),
    ]);
    for (action, success, wrong) in [
        (change("ben"), Code::PasswordChanged, Code::TargetWrongPassword),
        (
            reset("ada", "ben"),
            Code::PasswordReset,
            Code::AdministratorWrongPassword,
        ),
        (
            reset("ada", "cleo"),
            Code::PasswordReset,
            Code::PasswordPolicyConflict,
        ),
        (
            change("cleo"),
            Code::PasswordChanged,
            Code::PasswordPolicyConflict,
        ),
    ] {
        let plan = plan(&action, &mac);
        assert_eq!(plan.refusal(), None, "{action:?}");
        assert!(plan.outcomes.contains(&success) && plan.outcomes.contains(&wrong));
        assert!(plan.mishaps.contains(&Code::TokenNotKept));
        assert!(plan.mishaps.contains(&Code::PasswordNotChanged));
        assert_eq!(plan.cost.local_password_tries, 2);
    }
    assert_eq!(plan(&change("ada"), &mac).refusal(), None, "the last holder may");
}

#[test]
fn who_resets_is_another_administrator_who_holds() {
    let mac = mac(vec![
        enabled("ada", true),
        enabled("ben", false),
        account("cleo", true),
        with(ProofResult::DiskRefused, enabled("dora", true)),
    ]);
    for (helper, code) in [
        ("ben", Code::AdministratorNotAdmin),
        ("cleo", Code::AdministratorHasNoToken),
        ("dora", Code::AdministratorTokenUnusable),
        ("nobody", Code::AdministratorUnknown),
    ] {
        assert_eq!(
            plan(&reset(helper, "ada"), &mac).refusal(),
            Some(code),
            "{helper}"
        );
    }
    let oneself = plan(&reset("ada", "ada"), &mac);
    assert_eq!(oneself.refusal(), Some(Code::ChangePasswordInstead));
    for action in [change("nobody"), reset("ada", "nobody")] {
        assert_eq!(plan(&action, &mac).refusal(), Some(Code::TargetUnknown));
    }
    for action in [change("_bestow"), reset("ada", "_bestow")] {
        assert_eq!(plan(&action, &mac).refusal(), Some(Code::ServiceAccountProtected));
    }
}

#[test]
fn what_cannot_be_proved_afterwards_is_not_begun() {
    let disabled = mac(vec![
        enabled("ada", true),
        Account {
            disabled: true,
            ..enabled("ben", false)
        },
    ]);
    for action in [change("ben"), reset("ada", "ben")] {
        assert_eq!(plan(&action, &disabled).refusal(), Some(Code::TargetDisabled));
    }
    let mut blind = mac(vec![
        enabled("ada", true),
        enabled("ben", false),
        account("cleo", false),
    ]);
    blind.full_disk_access = known(false);
    for action in [change("ben"), reset("ada", "ben")] {
        assert_eq!(plan(&action, &blind).refusal(), Some(Code::FullDiskAccessMissing));
    }
    assert_eq!(
        plan(&change("cleo"), &blind).refusal(),
        None,
        "no token is at stake"
    );
    let locked = Knowledge {
        target_locked: true,
        ..Knowledge::NONE
    };
    let healthy = mac(vec![enabled("ada", true), enabled("ben", false)]);
    for action in [change("ben"), reset("ada", "ben")] {
        let refusal = plan_knowing(&action, &healthy, locked).refusal();
        assert_eq!(refusal, Some(Code::AccountLockedOut));
    }
}

#[test]
fn a_disk_that_refuses_the_account_follows_by_the_former_password() {
    let unusable = with(ProofResult::DiskRefused, enabled("ben", false));
    let mac = mac(vec![enabled("ada", true), unusable]);
    let changed = plan(&change("ben"), &mac);
    assert_eq!(changed.refusal(), None);
    assert!(changed.outcomes.contains(&Code::TokenUnusable));
    assert_eq!(plan(&reset("ada", "ben"), &mac).refusal(), None);
    let unlisted = Observation {
        crypto_users: known(Vec::new()),
        ..mac
    };
    assert_eq!(
        plan(&change("ben"), &unlisted).refusal(),
        Some(Code::TokenUnusable)
    );
}

#[test]
fn a_reset_counts_as_the_loss_of_the_token_should_it_fail_half_way() {
    let of = |administrator, target| Change::Reset {
        administrator,
        target,
    };
    let alone = mac(vec![
        with(ProofResult::Usable, enabled("ada", true)),
        account("ben", true),
    ]);
    let lost = forecast(&of("ben", "ada"), &alone);
    assert_eq!(lost.losses.first(), Some(&Loss::LastHolder));
    // Whose authority it takes is proved first, and so counts as proved.
    let two = mac(vec![
        with(ProofResult::Usable, enabled("ada", true)),
        enabled("ben", true),
    ]);
    assert_eq!(forecast(&of("ben", "ada"), &two).losses, []);
    let planned = plan(&reset("ben", "ada"), &two);
    let row = planned.rows.iter().find(|row| row.check == Check::OtherHolders);
    assert_eq!(row.map(|row| &row.state), Some(&RowState::Met));
    assert!(row.unwrap().saw.contains("ben"));
    let action = reset("ben", "ada");
    assert_eq!(Change::of_action(&action), Some(of("ben", "ada")));
    assert_eq!(
        Change::of_action(&change("ada")),
        None,
        "by the old password nothing is lost"
    );
}

#[test]
fn both_survive_json_and_become_their_own_templates() {
    for (action, roles) in [
        (change("ada"), [SecretRole::Target, SecretRole::NewPassword]),
        (
            reset("ada", "ben"),
            [SecretRole::Administrator, SecretRole::NewPassword],
        ),
    ] {
        let json = serde_json::to_string(&action).unwrap();
        assert_eq!(serde_json::from_str::<Action>(&json).unwrap(), action);
        let template = ActionTemplate::from(&action);
        assert_eq!(template.literal().as_ref(), Some(&action));
        assert!(template.allows(&action) && json.contains(action.kind()));
        assert_eq!(action.secret_roles(), roles);
        assert_eq!(template.secret_roles(), roles);
    }
    let ben = ActionTemplate::from(&reset("ada", "ben"));
    assert!(!ben.allows(&reset("ada", "cleo")) && !ben.allows(&reset("cleo", "ben")));
}
