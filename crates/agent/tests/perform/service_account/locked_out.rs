//! An account that macOS has locked after wrong passwords: nothing is tried on it before it opens.

use std::time::Duration;

use agent::clock::Clock as _;
use agent::journal::Stage;
use macsim::rules::login::admit;
use macsim::rules::refusal::Credentials;
use trust::code::Code;
use trust::lock_out::{LockOutRule, Unlock};
use trust::observation::{Observation, PasswordAnswer};

use super::truth::NAME;
use super::world::World;
use crate::macs::*;

/// ben has been locked by five wrong passwords, for ten minutes or until somebody opens him.
fn with_ben_locked(reset_minutes: Option<u32>) -> World {
    let mut mac = healthy();
    mac.password_policy.max_failed_logins = Some(5);
    mac.password_policy.failed_login_reset_minutes = reset_minutes;
    let world = World::new(mac);
    world.tend();
    for _ in 0..5 {
        fail(&world, "ben");
    }
    world
}

/// Somebody types a wrong password at the login window.
fn fail(world: &World, name: &str) {
    world.pass(Duration::from_secs(1));
    let at = world.at();
    let who = Credentials {
        name,
        password: "guessed",
    };
    world.runner.change(|mac| admit(mac, who, at)).unwrap_err();
}

fn failures(world: &World, name: &str) -> u32 {
    world
        .mac()
        .directory
        .user(name)
        .unwrap()
        .policy
        .failed_login_count
}

fn unlock_of_ben(seen: &Observation) -> Option<Unlock> {
    seen.account("ben")
        .unwrap()
        .lock_out
        .map(|lock_out| lock_out.unlock)
}

#[test]
fn nothing_is_tried_until_it_opens_and_then_it_is() {
    let world = with_ben_locked(Some(10));
    let seen = world.look();
    // The first second after ten minutes.
    let opens = world.now().plus(Duration::from_secs(601));
    let Some(Unlock::At { at }) = unlock_of_ben(&seen) else {
        panic!("{:?}", seen.account("ben"))
    };
    assert_eq!(at, opens);
    let told = seen.service_account.value().unwrap().policy.lock_out.clone();
    assert_eq!(
        told,
        LockOutRule::Locks {
            after: 5,
            for_s: Some(601)
        }
    );

    let refused = world.order(&order(ADA, BEN), Stage::Started).outcome;
    assert_eq!(refused.code, Code::AccountLockedOut, "{:#?}", refused.evidence);
    assert!(!refused.touched_the_mac);
    let said: Vec<&str> = refused.evidence.iter().map(|seen| seen.saw.as_str()).collect();
    assert!(said.iter().any(|saw| saw.contains(&at.utc())), "{said:?}");
    assert_eq!(failures(&world, "ben"), 5, "nothing was tried");

    world.pass(Duration::from_secs(11 * 60));
    assert_eq!(unlock_of_ben(&world.look()), None);
    let granted = world.order(&order(ADA, BEN), Stage::Started).outcome;
    assert_eq!(granted.code, Code::Granted, "{:#?}", granted.evidence);
}

#[test]
fn one_that_does_not_open_by_itself_is_said_to_wait_for_somebody() {
    let world = with_ben_locked(None);
    world.days(30);
    assert_eq!(unlock_of_ben(&world.look()), Some(Unlock::ByPerson));
    let refused = world.order(&order(ADA, BEN), Stage::Started).outcome;
    assert_eq!(refused.code, Code::AccountLockedOut);
    assert_eq!(failures(&world, "ben"), 5);
}

#[test]
fn the_agent_leaves_the_service_account_alone_until_somebody_clears_the_count() {
    let world = with_ben_locked(Some(10));
    world.log_in("ada", ADA).unwrap();
    for _ in 0..5 {
        fail(&world, NAME);
    }
    world.restart();
    world.tend();
    assert_eq!(failures(&world, NAME), 5, "its proof waits");
    // macOS opens it by then and keeps the count: one more wrong password would lock it again at once.
    world.pass(Duration::from_secs(11 * 60));
    world.tend();
    assert_eq!(
        failures(&world, NAME),
        5,
        "nothing is tried while the count stands"
    );

    world.runner.change(|mac| {
        let account = mac.directory.user_mut(NAME).unwrap();
        account.policy.failed_login_count = 0;
    });
    let unlocked = world.now();
    world.tend();
    let seen = world.look();
    let proof = seen.service_account.value().unwrap().local_password.clone();
    let proof = proof.unwrap();
    assert_eq!(proof.answer, PasswordAnswer::Right);
    assert!(proof.at >= unlocked, "{proof:?}");
}
