//! Each good end, and each refusal of the guard.

use std::sync::atomic::AtomicBool;

use agent::journal::Stage;
use macsim::model::clock::UnixMillis;
use macsim::model::mac::Mac;
use simrunner::SimRunner;
use trust::action::{Action, ActionState, DeleteAccount};
use trust::code::Code;
use trust::outcome::Outcome;

use super::orders::*;
use crate::macs::*;

/// ada and abe are administrators who hold a token, ben holds one, cleo none.
pub fn several() -> Mac {
    let mut mac = healthy();
    add_user(&mut mac, "abe", "abe-pass", &["-admin"]);
    add_user(&mut mac, "cleo", "cleo-pass", &[]);
    for (name, password) in [("abe", "abe-pass"), ("ben", BEN)] {
        let args = [
            "-secureTokenOn",
            name,
            "-password",
            password,
            "-adminUser",
            "ada",
            "-adminPassword",
            ADA,
        ];
        tool(&mut mac, "sysadminctl", &args);
        assert!(truly_holds(&mac, name, password));
    }
    mac
}

pub fn on(mac: Mac, action: &Action) -> (Outcome, Mac) {
    let runner = SimRunner::new(mac, UnixMillis(NOW.0));
    let done = order_of(action).carry_out(&runner, Stage::Started, &AtomicBool::new(false));
    (done.outcome, runner.mac())
}

fn ends(mac: Mac, action: &Action, code: Code) -> Mac {
    let (outcome, mac) = on(mac, action);
    assert_eq!(outcome.code, code, "{:#?}", outcome.evidence);
    mac
}

#[test]
fn rights_are_given_and_taken() {
    let mac = ends(several(), &promote("ben"), Code::AccountPromoted);
    assert!(mac.directory.is_admin(mac.directory.user("ben").unwrap()));
    let mac = ends(mac, &promote("ben"), Code::NothingToDo);
    let mac = ends(mac, &demote("ben", None), Code::AccountDemoted);
    let ben = mac.directory.user("ben").unwrap();
    assert!(
        !mac.directory.is_admin(ben) && mac.is_holder(ben),
        "the token stays"
    );
    ends(mac, &demote("ben", None), Code::NothingToDo);
}

#[test]
fn an_account_is_disabled_and_unlocked_again() {
    let mac = ends(several(), &disable("ben", None), Code::AccountDisabled);
    let ben = mac.directory.user("ben").unwrap();
    assert!(ben.is_disabled() && !ben.accepts(BEN) && mac.is_holder(ben));
    let mac = ends(mac, &disable("ben", None), Code::NothingToDo);
    let mac = ends(mac, &unlock("ben"), Code::AccountUnlocked);
    assert!(mac.directory.user("ben").unwrap().accepts(BEN));
    assert!(truly_holds(&mac, "ben", BEN));
}

#[test]
fn a_lock_out_by_wrong_passwords_is_ended() {
    let mut mac = several();
    mac.password_policy.max_failed_logins = Some(3);
    for _ in 0..3 {
        tool(&mut mac, "dscl", &[".", "-authonly", "ben", "wrong"]);
    }
    let now = UnixMillis(NOW.0);
    assert!(
        mac.password_policy
            .is_locked(&mac.directory.user("ben").unwrap().policy, now)
    );
    let mac = ends(mac, &unlock("ben"), Code::AccountUnlocked);
    assert!(
        !mac.password_policy
            .is_locked(&mac.directory.user("ben").unwrap().policy, now)
    );
}

#[test]
fn a_disabled_account_that_is_locked_too_is_unlocked_whatever_enabling_forgets() {
    for keeps in [false, true] {
        let mut mac = several();
        mac.knobs.enabling_keeps_failed_logins = keeps;
        mac.password_policy.max_failed_logins = Some(3);
        for _ in 0..3 {
            tool(&mut mac, "dscl", &[".", "-authonly", "ben", "wrong"]);
        }
        let mac = ends(mac, &disable("ben", None), Code::AccountDisabled);
        let mac = ends(mac, &unlock("ben"), Code::AccountUnlocked);
        let ben = mac.directory.user("ben").unwrap();
        assert!(ben.accepts(BEN) && ben.policy.failed_login_count == 0);
    }
}

#[test]
fn a_deleted_account_is_off_the_disk_too() {
    let before = several();
    let guid = before.directory.user("ben").unwrap().guid().to_owned();
    let mac = ends(before, &delete("ben", None), Code::AccountDeleted);
    assert!(mac.directory.user("ben").is_none() && mac.volume.crypto_user(&guid).is_none());
    assert!(mac.homes.contains("/Users/ben"), "the home stays unless told");
    let with_home = Action::DeleteAccount(DeleteAccount {
        target: "abe".parse().unwrap(),
        remove_home: true,
        confirm_device_name: None,
    });
    let mac = ends(mac, &with_home, Code::AccountDeleted);
    assert!(!mac.homes.contains("/Users/abe"));
    ends(mac, &delete("ben", None), Code::TargetUnknown);
}

#[test]
fn the_last_of_its_kind_stays() {
    for action in [demote("ada", None), disable("ada", None), delete("ada", None)] {
        let (outcome, after) = on(healthy(), &action);
        assert_eq!(outcome.code, Code::LastHolder, "{action:?}");
        assert_eq!(outcome.state(), ActionState::Refused);
        assert_eq!(after.directory, healthy().directory, "{action:?} touched the Mac");
    }
}

#[test]
fn who_types_the_name_has_it_done_unless_macos_refuses() {
    let mac = ends(healthy(), &demote("ada", Some("Mac")), Code::AccountDemoted);
    assert!(!mac.directory.is_admin(mac.directory.user("ada").unwrap()));
    ends(healthy(), &disable("ada", Some("Mac")), Code::AccountDisabled);
    let (outcome, mac) = on(healthy(), &delete("ada", Some("Mac")));
    assert_eq!(outcome.code, Code::AccountNotDeleted, "{:#?}", outcome.evidence);
    assert_eq!(outcome.state(), ActionState::Failed);
    assert!(truly_holds(&mac, "ada", ADA));
}

#[test]
fn the_service_account_has_actions_of_its_own() {
    for action in [
        promote("_bestow"),
        demote("_bestow", Some("Mac")),
        disable("_bestow", Some("Mac")),
        unlock("_bestow"),
        delete("_bestow", Some("Mac")),
    ] {
        assert_eq!(on(several(), &action).0.code, Code::ServiceAccountProtected);
    }
}
