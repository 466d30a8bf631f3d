//! The agent is installed again over the top, and an administrator's password makes the service account whole.

use agent::password_store::Slot;
use agent::service_account::reinstall::Refused;
use macsim::model::mac::Mac;
use macsim::rules::login::admit;
use macsim::rules::refusal::Credentials;
use macsim::rules::revoke::expel;
use trust::code::Code;
use trust::outcome::Outcome;
use trust::service_account::{DeedKind, Reinstall, Settings, Status, reinstall};

use super::faults::{set_disk, set_local};
use super::handing_on::served;
use super::truth::{NAME, is_whole, kept};
use super::world::World;
use crate::macs::*;

const CLEO: &str = "cleo-pass-1";
const STAN: &str = "stan-pass-1";

/// Beside ada: cleo, an administrator without a token, and stan, a standard account with one.
fn people() -> Mac {
    let mut mac = healthy();
    add_user(&mut mac, "cleo", CLEO, &["-admin"]);
    let by_ada = ["-adminUser", "ada", "-adminPassword", ADA];
    add_user(&mut mac, "stan", STAN, &by_ada);
    mac
}

/// A Mac whose agent has lost the account's password.
pub fn lost() -> World {
    let world = served(people());
    world.custody.passwords.clear().unwrap();
    world.pass(std::time::Duration::from_secs(60));
    world
}

fn done(reinstalled: Result<Outcome, Refused>) -> Outcome {
    reinstalled.unwrap_or_else(|refused| panic!("{refused:?}"))
}

#[track_caller]
fn refused(reinstalled: Result<Outcome, Refused>) -> Code {
    let refused = reinstalled.expect_err("it is refused");
    assert!(!refused.saw.is_empty());
    refused.code
}

/// What a refusal must leave alone: accounts, keys of the disk, kept passwords, what the server is told.
fn state(world: &World) -> (String, Vec<String>, usize) {
    let mac = world.mac();
    let own = mac
        .directory
        .user(NAME)
        .map(|user| format!("{:?}", user.attributes));
    let holders: Vec<_> = mac.holders().map(|user| user.guid().to_owned()).collect();
    (
        format!("{own:?} {holders:?} {:?}", mac.effects.accounts),
        kept(&world.custody),
        world.told().len(),
    )
}

#[test]
fn a_lost_password_comes_back_with_an_administrators() {
    let world = lost();
    let outcome = done(world.reinstall("ada", ADA));
    assert_eq!(
        outcome.code,
        Code::ServiceAccountRepaired,
        "{:#?}",
        outcome.evidence
    );
    is_whole(&world.mac(), &world.custody);
    let told = world.told();
    let last = told.last().unwrap();
    assert_eq!(
        (last.kind, last.code, last.account.as_deref()),
        (DeedKind::Reinstall, Code::ServiceAccountRepaired, Some("ada"))
    );
    assert_eq!(told.len(), 2, "what was done before is not forgotten");
    assert!(matches!(world.status(), Status::Valid { .. }));
}

#[test]
fn each_fault_is_mended_wherever_it_lies() {
    type Spoil = fn(&World);
    let faults: [(&str, Spoil); 5] = [
        ("no account", |world| {
            world
                .runner
                .change(|mac| tool(mac, "sysadminctl", &["-deleteUser", NAME, "-keepHome"]));
        }),
        ("no token", |world| world.runner.change(|mac| expel(mac, NAME))),
        ("local password", |world| set_local(world, "somebody else's")),
        ("disk password", |world| set_disk(world, "somebody else's")),
        ("both passwords", |world| {
            set_disk(world, "somebody else's");
            set_local(world, "somebody else's");
        }),
    ];
    for (what, spoil) in faults {
        let world = served(people());
        world.days(1);
        spoil(&world);
        world.tend();
        assert!(!matches!(world.status(), Status::Valid { .. }), "{what}");
        let outcome = done(world.reinstall("ada", ADA));
        assert!(outcome.code.is_success(), "{what}: {:#?}", outcome.evidence);
        is_whole(&world.mac(), &world.custody);
        assert!(matches!(world.status(), Status::Valid { .. }), "{what}");
    }
}

#[test]
fn it_is_made_where_there_was_none() {
    let world = World::new(people());
    let outcome = done(world.reinstall("ada", ADA));
    assert_eq!(
        outcome.code,
        Code::ServiceAccountCreated,
        "{:#?}",
        outcome.evidence
    );
    assert_eq!(outcome.edge.unwrap().granter, "ada");
    is_whole(&world.mac(), &world.custody);
    assert_eq!(world.told().last().unwrap().kind, DeedKind::Reinstall);
}

#[test]
fn credentials_that_do_not_carry_it_are_refused_and_change_nothing() {
    for (name, password, code) in [
        ("ada", "not hers", Code::AdministratorWrongPassword),
        ("nobody_1", ADA, Code::AdministratorUnknown),
        ("cleo", CLEO, Code::AdministratorHasNoToken),
        ("stan", STAN, Code::AdministratorNotAdmin),
        (NAME, "guessed", Code::ServiceAccountNeedsHolder),
    ] {
        let world = lost();
        let before = state(&world);
        assert_eq!(refused(world.reinstall(name, password)), code, "{name}");
        let after = state(&world);
        // A wrong password is counted by macOS, and by nobody else.
        if code == Code::AdministratorWrongPassword {
            assert_eq!((&after.1, after.2), (&before.1, before.2));
            assert_eq!(
                world.mac().effects.accounts["ada"].failed_logins,
                1,
                "it is tried once"
            );
            assert_eq!(failed_unlocks(&world.mac()), 0, "the disk is not asked");
        } else {
            assert_eq!(after, before, "{name}");
        }
        // The right one is taken after that.
        done(world.reinstall("ada", ADA));
        is_whole(&world.mac(), &world.custody);
    }
}

#[test]
fn a_holder_that_does_not_own_the_volume_is_refused() {
    let world = lost();
    world.runner.change(|mac| {
        let guid = mac.directory.user("ada").unwrap().guid().to_owned();
        let mut users = mac.volume.crypto_users.iter_mut();
        users.find(|user| user.uuid == guid).unwrap().volume_owner = false;
    });
    let before = state(&world);
    assert_eq!(
        refused(world.reinstall("ada", ADA)),
        Code::AdministratorNotVolumeOwner
    );
    assert_eq!(state(&world), before);
}

#[test]
fn an_account_that_one_more_wrong_password_would_lock_is_not_tried() {
    let world = lost();
    world
        .runner
        .change(|mac| mac.password_policy.max_failed_logins = Some(5));
    let guess = || {
        let (name, password) = ("ada", "guessed");
        let at = world.at();
        let who = Credentials { name, password };
        world.runner.change(|mac| admit(mac, who, at)).unwrap_err();
    };
    for _ in 0..3 {
        guess();
    }
    // The fourth may be typed here. After it only one is left.
    let wrong = refused(world.reinstall("ada", "not hers"));
    assert_eq!(wrong, Code::AdministratorWrongPassword);
    let tries = || world.mac().effects.accounts["ada"].failed_logins;
    let before = tries();
    for password in ["not hers", ADA] {
        assert_eq!(
            refused(world.reinstall("ada", password)),
            Code::AttemptBudgetSpent
        );
    }
    assert_eq!(tries(), before, "nothing was tried");
    // A login sets the count back.
    world.log_in("ada", ADA).unwrap();
    world.custody.passwords.clear().unwrap();
    done(world.reinstall("ada", ADA));
    guess();
    guess();
    guess();
    guess();
    guess();
    world.custody.passwords.clear().unwrap();
    assert_eq!(refused(world.reinstall("ada", ADA)), Code::AttemptBudgetSpent);
}

#[test]
fn a_disk_that_has_refused_twice_is_not_asked_a_third_time() {
    let world = lost();
    // Open Directory takes another password than the disk.
    let at = world.at();
    world.runner.change(|mac| {
        let (name, password) = ("ada", "only local");
        macsim::rules::inject_hash::inject_hash(mac, Credentials { name, password }, at).unwrap();
    });
    let asked = || failed_unlocks(&world.mac());
    assert_eq!(
        refused(world.reinstall("ada", "only local")),
        Code::AdministratorTokenUnusable
    );
    assert_eq!(asked(), 1);
    for _ in 0..3 {
        let code = refused(world.reinstall("ada", "only local"));
        assert!(
            matches!(code, Code::AdministratorTokenUnusable | Code::AttemptBudgetSpent),
            "{code}"
        );
    }
    assert!(asked() <= 2, "the disk was asked {} times in vain", asked());
}

#[test]
fn without_a_holder_it_leads_to_recovery() {
    let world = lost();
    for name in ["ada", "stan"] {
        world.runner.change(|mac| expel(mac, name));
    }
    let decided = reinstall(&world.look(), &Settings::default());
    assert_eq!(
        decided,
        Reinstall::Recovery {
            code: Code::ChainBroken
        }
    );
    let code = refused(world.reinstall("ada", ADA));
    assert_eq!(code, Code::AdministratorHasNoToken);
}

#[test]
fn a_password_that_is_kept_is_not_lost_by_a_refusal() {
    let world = served(people());
    world.pass(std::time::Duration::from_secs(60));
    set_local(&world, "somebody else's");
    world.tend();
    let before = world.custody.passwords.get(Slot::Current).unwrap().unwrap().id;
    refused(world.reinstall("ada", "not hers"));
    let after = world.custody.passwords.get(Slot::Current).unwrap().unwrap().id;
    assert_eq!(before, after);
}
