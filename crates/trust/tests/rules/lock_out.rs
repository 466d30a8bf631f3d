//! Accounts that macOS has locked: until when, what is found, and what is refused.

use trust::action::{Action, GrantSecureToken};
use trust::code::Code;
use trust::finding::{Severity, diagnose};
use trust::lock_out::{LockOut, LockOutRule, Unlock};
use trust::observation::{Account, Observation};
use trust::plan::{Check, Knowledge, Plan, RowState, Situation};
use trust::service_account::attempts::{Barred, not_locked};
use trust::time::Timestamp;

use crate::support::{NOW, account, enabled, mac};

const FIVE_FOR_A_MINUTE: LockOutRule = LockOutRule::Locks {
    after: 5,
    for_s: Some(60),
};

fn at(seconds: i64) -> Timestamp {
    Timestamp(NOW.0 + seconds * 1_000)
}

fn locked(unlock: Unlock) -> LockOut {
    LockOut { failures: 5, unlock }
}

/// ada holds; ben does not, and is locked so.
fn with_ben_locked(unlock: Unlock) -> Observation {
    let ben = Account {
        lock_out: Some(locked(unlock)),
        ..account("ben", false)
    };
    mac(vec![enabled("ada", true), ben])
}

#[test]
fn the_policy_and_the_account_together_tell_until_when() {
    let rule = FIVE_FOR_A_MINUTE;
    assert_eq!(rule.lock_out(4, Some(NOW), NOW), None);
    let until = locked(Unlock::At { at: at(60) });
    assert_eq!(rule.lock_out(5, Some(NOW), NOW), Some(until));
    assert_eq!(rule.lock_out(5, Some(NOW), at(59)), Some(until));
    assert_eq!(
        rule.lock_out(5, Some(NOW), at(60)),
        None,
        "it has opened by itself"
    );
    assert_eq!(until.until(), format!("until {}", at(60).utc()));
}

#[test]
fn where_the_time_is_not_known_that_is_said() {
    let never_by_itself = LockOutRule::Locks {
        after: 5,
        for_s: None,
    };
    let by_person = never_by_itself.lock_out(5, Some(NOW), at(1_000_000)).unwrap();
    assert_eq!(by_person.unlock, Unlock::ByPerson);
    assert!(by_person.until().contains("somebody opens it"));
    let undated = FIVE_FOR_A_MINUTE.lock_out(5, None, at(1_000_000)).unwrap();
    assert_eq!(undated.unlock, Unlock::CannotTell);
    assert!(undated.until().contains("not known"));
    for rule in [LockOutRule::Untold, LockOutRule::Never, LockOutRule::CannotTell] {
        assert_eq!(rule.lock_out(100, Some(NOW), NOW), None, "{rule:?}");
        assert!(!rule.words().is_empty());
    }
}

#[test]
fn a_locked_account_may_be_tried_again_when_it_opens() {
    let lock_out = locked(Unlock::At { at: at(60) });
    let barred = not_locked(Some(lock_out), NOW).unwrap_err();
    assert_eq!(barred, Barred::LockedOut(lock_out));
    assert!(barred.to_string().contains(&at(60).utc()), "{barred}");
    assert_eq!(not_locked(Some(lock_out), at(60)), Ok(()));
    assert_eq!(not_locked(None, NOW), Ok(()));
    let for_ever = not_locked(Some(locked(Unlock::ByPerson)), at(1_000_000));
    assert!(
        for_ever
            .unwrap_err()
            .to_string()
            .contains("until somebody opens it")
    );
}

#[test]
fn the_finding_says_until_when() {
    let found = diagnose(&with_ben_locked(Unlock::At { at: at(60) }));
    let finding = found
        .iter()
        .find(|finding| finding.code == Code::AccountLockedOut)
        .unwrap();
    assert_eq!(finding.severity, Severity::Problem);
    assert_eq!(finding.account.as_deref(), Some("ben"));
    assert!(
        finding.consequence.contains(&at(60).utc()),
        "{}",
        finding.consequence
    );
    let unknown = diagnose(&with_ben_locked(Unlock::CannotTell));
    let finding = unknown
        .iter()
        .find(|finding| finding.code == Code::AccountLockedOut)
        .unwrap();
    assert!(
        finding.consequence.contains("not known"),
        "{}",
        finding.consequence
    );
}

#[test]
fn a_plan_warns_of_it_and_ends_with_it_once_the_mac_was_asked() {
    let observation = with_ben_locked(Unlock::At { at: at(60) });
    let grant = Action::GrantSecureToken(GrantSecureToken {
        administrator: "ada".parse().unwrap(),
        target: "ben".parse().unwrap(),
        promote_administrator: false,
    });
    let plan = |target_locked| {
        let situation = Situation {
            observation: Some(&observation),
            online: true,
            knowledge: Knowledge {
                target_locked,
                ..Knowledge::NONE
            },
        };
        Plan::for_action(&grant, &situation)
    };
    let before = plan(false);
    assert_eq!(before.refusal(), None, "it may have opened since");
    assert!(before.outcomes.contains(&Code::AccountLockedOut));
    let row = before
        .rows
        .iter()
        .find(|row| row.check == Check::TargetNotLocked)
        .unwrap();
    assert!(matches!(row.state, RowState::UnknownUntilTried { .. }));
    assert!(row.saw.contains(&at(60).utc()), "{}", row.saw);
    assert_eq!(plan(true).refusal(), Some(Code::AccountLockedOut));
    let open = mac(vec![enabled("ada", true), account("ben", false)]);
    let situation = Situation {
        observation: Some(&open),
        online: true,
        knowledge: Knowledge::NONE,
    };
    let plan = Plan::for_action(&grant, &situation);
    assert!(plan.rows.iter().all(|row| row.check != Check::TargetNotLocked));
}
