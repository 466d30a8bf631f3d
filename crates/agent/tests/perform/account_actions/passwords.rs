//! An account gets another password, by the one that it has or by the authority of another: its token is kept and proved.

use std::sync::atomic::AtomicBool;

use agent::journal::Stage;
use agent::observe::Observer;
use mac::{Answer, Call, RunError, Runner};
use macsim::model::clock::UnixMillis;
use macsim::model::crypto_user::CryptoUser;
use macsim::model::effects::EffectCounts;
use macsim::model::mac::Mac;
use macsim::model::password_policy::{DemandOrigin, PasswordDemand};
use macsim::rules::inject_hash::inject_hash;
use macsim::rules::refusal::Credentials;
use simrunner::SimRunner;
use trust::action::ActionState;
use trust::code::Code;
use trust::outcome::Outcome;

use super::ends::several;
use super::orders::{change_password, reset_password};
use crate::macs::*;
use crate::order::Order;
use crate::runner::{KillPoint, WatchedRunner};
use crate::service_account::World;

const NEW: &str = "new; $HOME \"pass\" 🦀";

fn change(target: &str, old: &str) -> Order {
    change_password(target, old, NEW)
}

fn reset(administrator: (&str, &str), target: &str) -> Order {
    reset_password(administrator, target, NEW)
}

fn on(mac: Mac, order: &Order) -> (Outcome, Mac) {
    let runner = SimRunner::new(mac, UnixMillis(NOW.0));
    let done = order.carry_out(&runner, Stage::Started, &AtomicBool::new(false));
    (done.outcome, runner.mac())
}

fn ends(mac: Mac, order: &Order, code: Code) -> (Outcome, Mac) {
    let (outcome, mac) = on(mac, order);
    assert_eq!(outcome.code, code, "{:#?}", outcome.evidence);
    (outcome, mac)
}

#[test]
fn a_token_is_kept() {
    for order in [change("ben", BEN), reset(("ada", ADA), "ben")] {
        let (_, mac) = on(several(), &order);
        assert!(truly_holds(&mac, "ben", NEW), "{:#?}", on(several(), &order).0);
        assert!(!mac.directory.user("ben").unwrap().accepts(BEN));
    }
    ends(several(), &change("ben", BEN), Code::PasswordChanged);
    ends(several(), &reset(("abe", "abe-pass"), "ben"), Code::PasswordReset);
    // The only holder of a Mac changes its own password, too.
    let (_, mac) = ends(healthy(), &change("ada", ADA), Code::PasswordChanged);
    assert!(truly_holds(&mac, "ada", NEW));
}

#[test]
fn an_account_without_a_token_gets_a_password_and_no_token() {
    for (order, code) in [
        (change("cleo", "cleo-pass"), Code::PasswordChanged),
        (reset(("ada", ADA), "cleo"), Code::PasswordReset),
    ] {
        let (_, mac) = ends(several(), &order, code);
        let cleo = mac.directory.user("cleo").unwrap();
        assert!(cleo.accepts(NEW) && !mac.is_holder(cleo));
    }
}

#[test]
fn what_stands_in_the_way_is_known_before_anything_is_touched() {
    let mut disabled = several();
    tool(&mut disabled, "pwpolicy", &["-u", "ben", "-disableuser"]);
    let mut long = several();
    long.password_policy
        .demands
        .push((PasswordDemand::MinLength(60), DemandOrigin::Local));
    for (mac, order, code) in [
        (several(), change("ben", "wrong"), Code::TargetWrongPassword),
        (several(), change("nobody", BEN), Code::TargetUnknown),
        (several(), change("_bestow", BEN), Code::ServiceAccountProtected),
        (disabled, change("ben", BEN), Code::TargetDisabled),
        (
            long.clone(),
            change_password("ben", BEN, "short"),
            Code::PasswordPolicyConflict,
        ),
        (
            long,
            reset_password(("ada", ADA), "ben", "short"),
            Code::PasswordPolicyConflict,
        ),
        (
            several(),
            reset(("ada", "wrong"), "ben"),
            Code::AdministratorWrongPassword,
        ),
        (several(), reset(("ben", BEN), "abe"), Code::AdministratorNotAdmin),
        (
            several(),
            reset(("cleo", "cleo-pass"), "ben"),
            Code::AdministratorHasNoToken,
        ),
        (several(), reset(("ada", ADA), "ada"), Code::ChangePasswordInstead),
    ] {
        let before = mac.clone();
        let (outcome, mac) = ends(mac, &order, code);
        assert_eq!(outcome.state(), ActionState::Refused, "{code}");
        for name in ["ada", "abe", "ben", "cleo"] {
            let password = |mac: &Mac| mac.directory.user(name).unwrap().password.clone();
            assert_eq!(password(&mac), password(&before), "{code} touched {name}");
        }
    }
}

#[test]
fn a_lie_is_found_out() {
    for (order, lie) in [
        (change("ben", BEN), "-passwd"),
        (reset(("ada", ADA), "ben"), "-resetPasswordFor"),
    ] {
        let runner = WatchedRunner::new(several(), UnixMillis(NOW.0)).lie_about(lie);
        let outcome = order
            .carry_out(&runner, Stage::Started, &AtomicBool::new(false))
            .outcome;
        assert_eq!(outcome.code, Code::PasswordNotChanged, "{:#?}", outcome.evidence);
        assert!(truly_holds(&runner.mac(), "ben", BEN));
    }
}

/// A Mac whose directory takes the new password and whose disk keeps the old one.
struct Apart(SimRunner);

impl Runner for Apart {
    fn run(&self, call: &Call) -> Result<Answer, RunError> {
        let before: Vec<CryptoUser> = self.0.mac().volume.crypto_users.clone();
        let answer = self.0.run(call);
        let sets = ["-passwd", "-resetPasswordFor"];
        if sets.iter().any(|verb| call.arg_strs().contains(verb)) {
            self.0.change(|mac| mac.volume.crypto_users = before);
        }
        answer
    }
}

#[test]
fn a_disk_that_does_not_follow_is_told_or_told_of() {
    let apart = || Apart(SimRunner::new(several(), UnixMillis(NOW.0)));
    let runner = apart();
    let changed = change("ben", BEN).carry_out(&runner, Stage::Started, &AtomicBool::new(false));
    assert_eq!(
        changed.outcome.code,
        Code::PasswordChanged,
        "{:#?}",
        changed.outcome
    );
    assert!(truly_holds(&runner.0.mac(), "ben", NEW));

    let runner = apart();
    let order = reset(("ada", ADA), "ben");
    let done = order.carry_out(&runner, Stage::Started, &AtomicBool::new(false));
    assert_eq!(done.outcome.code, Code::TokenNotKept, "{:#?}", done.outcome);
    assert_eq!(done.outcome.state(), ActionState::Failed);
    // What is observed afterwards says so, too.
    let ben = done.observation.account("ben").unwrap();
    let token = trust::token::token_state(ben, &done.observation);
    assert!(!token.holds(), "{token:?}");
}

#[test]
fn a_disk_that_wants_a_former_password_is_told_the_present_one_by_it() {
    let (world, observer) = (World::new(several()), Observer::forgetful());
    let at = world.at();
    let present = Credentials {
        name: "abe",
        password: NEW,
    };
    world.runner.change(|mac| inject_hash(mac, present, at)).unwrap();
    assert!(!truly_holds(&world.mac(), "abe", NEW));
    let ordered = |order: &Order| world.order_seen_by(&observer, order, Stage::Started).outcome;
    // That the token is unusable shows when it is to be used.
    let used = ordered(&reset(("abe", NEW), "ben"));
    assert_eq!(
        used.code,
        Code::AdministratorTokenUnusable,
        "{:#?}",
        used.evidence
    );
    let guessed = ordered(&change("abe", "not the former one"));
    assert_eq!(guessed.code, Code::TargetWrongPassword, "{:#?}", guessed.evidence);
    assert_eq!(guessed.state(), ActionState::Refused);
    // The disk has refused twice, and is asked again after a restart only.
    world.restart();
    let mended = ordered(&change("abe", "abe-pass"));
    assert_eq!(mended.code, Code::PasswordChanged, "{:#?}", mended.evidence);
    assert!(truly_holds(&world.mac(), "abe", NEW));
    let seen = world.look_by(&observer);
    let abe = seen.account("abe").unwrap();
    assert!(trust::token::token_state(abe, &seen).is_proved());
}

#[test]
fn a_locked_or_disabled_account_is_opened_first() {
    let mut locked = several();
    locked.password_policy.max_failed_logins = Some(3);
    for _ in 0..3 {
        tool(&mut locked, "dscl", &[".", "-authonly", "ben", "wrong"]);
    }
    let mut disabled = several();
    tool(&mut disabled, "pwpolicy", &["-u", "ben", "-disableuser"]);
    for (mac, code) in [(locked, Code::AccountLockedOut), (disabled, Code::TargetDisabled)] {
        for order in [change("ben", BEN), reset(("ada", ADA), "ben")] {
            let (outcome, after) = ends(mac.clone(), &order, code);
            assert_eq!(outcome.state(), ActionState::Refused);
            assert_eq!(after.directory, mac.directory, "{code} touched the Mac");
        }
    }
}

#[test]
fn who_is_disabled_neither_resets_nor_grants_and_is_not_tried() {
    let mut mac = several();
    tool(&mut mac, "pwpolicy", &["-u", "abe", "-disableuser"]);
    let abe = ("abe", "abe-pass");
    for order in [reset(abe, "ben"), order_between(abe, ("cleo", "cleo-pass"))] {
        let (outcome, after) = ends(mac.clone(), &order, Code::AdministratorDisabled);
        assert_eq!(outcome.state(), ActionState::Refused);
        assert_eq!(after.directory, mac.directory);
        let tried = |counts: &EffectCounts| counts.failed_logins + counts.failed_unlocks;
        assert_eq!(after.effects.accounts.values().map(tried).sum::<u32>(), 0);
    }
}

#[test]
fn guessed_passwords_count_and_are_tried_once() {
    for (order, who) in [
        (change("ben", "wrong"), "ben"),
        (reset(("ada", "wrong"), "ben"), "ada"),
    ] {
        let (_, mac) = on(several(), &order);
        let failed = |name: &str| {
            let counts = mac.effects.accounts.get(name);
            counts.map_or(0, |counts| counts.failed_logins)
        };
        assert_eq!(failed(who), 1);
        assert_eq!(failed_unlocks(&mac), 0, "the disk was asked after a no");
    }
}

#[test]
fn killed_at_every_call_it_comes_about_once() {
    for (order, code) in [
        (change("ben", BEN), Code::PasswordChanged),
        (reset(("ada", ADA), "ben"), Code::PasswordReset),
    ] {
        let whole = World::new(several());
        whole.runner.arm(None);
        whole.order(&order, Stage::Started);
        for call in 0..whole.runner.calls().len() {
            for after_the_tool in [false, true] {
                let world = World::new(several());
                let point = KillPoint { call, after_the_tool };
                let outcome = world.order_killed(&order, point).outcome;
                assert_eq!(outcome.code, code, "{point:?}: {:#?}", outcome.evidence);
                assert!(truly_holds(&world.mac(), "ben", NEW), "{point:?}");
            }
        }
    }
}

#[test]
fn no_password_is_told() {
    let (outcome, _) = on(several(), &change("ben", BEN));
    let told = format!("{outcome:?}");
    for secret in [BEN, NEW] {
        assert!(!told.contains(secret), "{told}");
    }
}
