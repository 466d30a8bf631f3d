//! Each way in which the service account can be broken is seen for what it is, and mended where it stands.

use macsim::model::crypto_user::CryptoUserKind;
use macsim::model::mac::Mac;
use macsim::rules::inject_hash::inject_hash;
use macsim::rules::login::over_ssh;
use macsim::rules::refusal::Credentials;
use macsim::rules::revoke::expel;
use trust::code::Code;
use trust::service_account::{ReasonKind, Status, easily_recovered};

use super::handing_on::served;
use super::truth::{NAME, is_whole, kept};
use super::world::World;
use crate::macs::*;

/// Sets the directory's password behind everybody's back, as a ready-made hash.
pub fn set_local(world: &World, password: &str) {
    let at = world.at();
    world.runner.change(|mac| {
        let who = Credentials { name: NAME, password };
        inject_hash(mac, who, at).unwrap();
    });
}

/// Wraps the account's disk key by another password.
pub fn set_disk(world: &World, password: &str) {
    let old = kept(&world.custody);
    world.runner.change(|mac: &mut Mac| {
        let guid = mac.directory.user(NAME).unwrap().guid().to_owned();
        let key = old.iter().find_map(|old| mac.volume.unlock(&guid, old)).unwrap();
        let kind = CryptoUserKind::LocalOpenDirectory;
        mac.volume.admit(&guid, kind, key, password, &mut mac.random);
    });
}

fn reasons(world: &World) -> Vec<ReasonKind> {
    let status = world.status();
    status.reasons().iter().map(|reason| reason.reason).collect()
}

/// Lets a day pass, so that the proofs lapse, and the agent look.
fn a_day_later(world: &World) {
    world.days(1);
    world.tend();
}

/// The next login of ada mends it.
fn mended_by_login(world: &World) {
    assert!(easily_recovered(&world.look()));
    world.log_in("ada", ADA).unwrap();
    is_whole(&world.mac(), &world.custody);
    assert!(
        matches!(world.status(), Status::Valid { .. }),
        "{:#?}",
        (world.status(), world.told())
    );
}

#[test]
fn without_the_account() {
    let world = served(healthy());
    world
        .runner
        .change(|mac| tool(mac, "sysadminctl", &["-deleteUser", NAME, "-keepHome"]));
    a_day_later(&world);
    assert_eq!(reasons(&world), [ReasonKind::Missing]);
    mended_by_login(&world);
}

#[test]
fn without_a_token() {
    let world = served(healthy());
    world.runner.change(|mac| expel(mac, NAME));
    let before = kept(&world.custody);
    a_day_later(&world);
    assert!(
        reasons(&world).contains(&ReasonKind::NoToken),
        "{:?}",
        world.status()
    );
    mended_by_login(&world);
    assert_eq!(
        kept(&world.custody)[0],
        before[0],
        "a password that works was changed"
    );
}

#[test]
fn the_local_password_alone() {
    let world = served(healthy());
    world.pass(std::time::Duration::from_secs(60));
    set_local(&world, "somebody else's");
    world.tend();
    assert_eq!(reasons(&world), [ReasonKind::LocalPassword]);
    mended_by_login(&world);
}

#[test]
fn the_disk_password_alone() {
    let world = served(healthy());
    set_disk(&world, "somebody else's");
    a_day_later(&world);
    assert_eq!(reasons(&world), [ReasonKind::DiskPassword]);
    // What is known stands, though nobody asks the disk again.
    for _ in 0..3 {
        a_day_later(&world);
        world.restart();
        world.tend();
        assert_eq!(reasons(&world), [ReasonKind::DiskPassword]);
    }
    assert_eq!(world.mac().effects.accounts[NAME].failed_unlocks, 1);
    mended_by_login(&world);
}

#[test]
fn both_passwords() {
    let world = served(healthy());
    world.pass(std::time::Duration::from_secs(60));
    let args = [
        "-resetPasswordFor",
        NAME,
        "-newPassword",
        "another 1",
        "-adminUser",
        "ada",
        "-adminPassword",
        ADA,
    ];
    world.runner.change(|mac| tool(mac, "sysadminctl", &args));
    a_day_later(&world);
    assert_eq!(reasons(&world), [ReasonKind::LocalPassword]);
    for _ in 0..5 {
        a_day_later(&world);
    }
    let counts = world.mac().effects.accounts[NAME];
    assert_eq!(
        (counts.failed_logins, counts.failed_unlocks),
        (1, 0),
        "it was tried again"
    );
    mended_by_login(&world);
}

#[test]
fn out_of_the_admin_group_it_comes_back_by_itself() {
    let world = served(healthy());
    world
        .runner
        .change(|mac| mac.directory.remove_member("admin", NAME));
    world.tend();
    is_whole(&world.mac(), &world.custody);
    assert_eq!(world.deeds().last(), Some(&Code::ServiceAccountRepaired));
}

#[test]
fn the_password_before_mends_it_without_anybody() {
    let world = served(healthy());
    world.days(31);
    world.tend();
    let [current, previous] = &kept(&world.custody)[..] else {
        panic!("two passwords")
    };
    let (current, previous) = (current.clone(), previous.clone());
    // A restored backup of the directory brought the old password back at one door.
    world.pass(std::time::Duration::from_secs(60));
    set_local(&world, &previous);
    world.tend();
    assert!(
        matches!(world.status(), Status::Valid { .. }),
        "{:#?}",
        (world.status(), world.told())
    );
    is_whole(&world.mac(), &world.custody);
    assert_eq!(kept(&world.custody), [previous.clone(), current.clone()]);

    // And now the disk has the other one.
    set_disk(&world, &current);
    world.restart();
    a_day_later(&world);
    assert!(
        matches!(world.status(), Status::Valid { .. }),
        "{:#?}",
        (world.status(), world.told())
    );
    let user = world.mac();
    let user = user.directory.user(NAME).unwrap();
    assert!(user.accepts(&previous));
}

#[test]
fn a_policy_that_locks_soon_leaves_a_machine_no_try() {
    let world = served(healthy());
    world
        .runner
        .change(|mac| mac.password_policy.max_failed_logins = Some(3));
    world.pass(std::time::Duration::from_secs(60));
    set_local(&world, "somebody else's");
    for _ in 0..3 {
        a_day_later(&world);
    }
    assert_eq!(world.mac().effects.accounts[NAME].failed_logins, 0);
    assert!(
        matches!(world.status(), Status::Unknown { .. }),
        "{:?}",
        world.status()
    );
}

#[test]
fn wrong_passwords_of_strangers_count_too() {
    let world = served(healthy());
    world
        .runner
        .change(|mac| mac.password_policy.max_failed_logins = Some(5));
    world.pass(std::time::Duration::from_secs(60));
    set_local(&world, "somebody else's");
    let at = world.at();
    for _ in 0..3 {
        let password = "a guess";
        let guessed = world
            .runner
            .change(|mac| over_ssh(mac, Credentials { name: NAME, password }, at));
        assert!(guessed.is_err());
    }
    for _ in 0..3 {
        a_day_later(&world);
    }
    assert_eq!(
        world.mac().effects.accounts[NAME].failed_logins,
        3,
        "the agent has used up what was left"
    );
}
