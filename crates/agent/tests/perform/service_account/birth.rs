//! The account is made at a holder's login, silently, and never in the place of a person.

use macsim::model::password_policy::{DemandOrigin, PasswordDemand};
use macsim::rules::login::{at_the_screen, by_su, over_ssh};
use macsim::rules::refusal::{Credentials, Refusal};
use trust::code::Code;
use trust::observation::PasswordOutlook;
use trust::service_account::policy_conflict::{Retry, retry_after};
use trust::service_account::{ReasonKind, Settings, Status};
use trust::time::Timestamp;

use super::truth::{NAME, holds, is_whole, kept};
use super::world::World;
use crate::macs::*;

#[test]
fn the_first_login_of_a_holder_makes_it() {
    let world = World::new(healthy());
    world.tend();
    assert_eq!(world.status(), Status::AwaitingFirstLogin);
    world.restart();
    assert_eq!(world.status(), Status::AwaitingFirstLogin);

    world.log_in("ada", ADA).unwrap();
    let mac = world.mac();
    is_whole(&mac, &world.custody);
    assert!(
        matches!(world.status(), Status::Valid { .. }),
        "{:#?}",
        world.status()
    );
    let told = world.told();
    assert_eq!(world.deeds(), [Code::ServiceAccountCreated], "{told:#?}");
    let edge = told[0].edge.as_ref().expect("a hand-over");
    assert_eq!((edge.granter.as_str(), edge.target.as_str()), ("ada", NAME));
    assert_eq!(mac.effects.accounts[NAME].created, 1);

    // Nothing more is done at the next one.
    let before = world.mac().effects;
    world.log_in("ada", ADA).unwrap();
    assert_eq!(world.mac().effects.accounts[NAME], before.accounts[NAME]);
}

#[test]
fn its_password_is_in_no_argument_and_nobody_logs_in_with_it() {
    let world = World::new(healthy());
    world.runner.arm(None);
    world.log_in("ada", ADA).unwrap();
    let passwords = kept(&world.custody);
    assert_eq!(passwords.len(), 1);
    for call in world.runner.calls() {
        assert!(!call.contains(&passwords[0]) && !call.contains(ADA), "{call}");
    }
    assert!(!format!("{:?}{:?}", world.custody, world.told()).contains(&passwords[0]));
    for login in [at_the_screen, over_ssh, by_su] {
        let at = world.at();
        let who = Credentials {
            name: NAME,
            password: &passwords[0],
        };
        let refused = world.runner.change(|mac| login(mac, who, at));
        assert_eq!(refused, Err(Refusal::NoShell));
    }
}

#[test]
fn without_a_holder_it_waits_and_leaves_the_first_token_to_a_person() {
    let mut mac = factory((10, 15), macsim::model::volume::FileSystem::Apfs);
    add_user(&mut mac, "ben", BEN, &[]);
    let world = World::new(mac);
    world.tend();
    world.restart();
    world.log_in("ben", BEN).unwrap();
    assert!(world.mac().directory.user(NAME).is_none());
    assert!(world.status().has(ReasonKind::Missing), "{:?}", world.status());
    assert!(world.deeds().is_empty());
}

#[test]
fn a_standard_holder_helps_only_where_the_organisation_promotes() {
    let world = World::new(standard_holder());
    world.log_in("stan", "stan-pass").unwrap();
    assert!(world.mac().directory.user(NAME).is_none());

    world.want(Settings {
        promote_administrators: true,
        ..Settings::default()
    });
    world.log_in("stan", "stan-pass").unwrap();
    let mac = world.mac();
    is_whole(&mac, &world.custody);
    assert!(!mac.directory.is_admin(mac.directory.user("stan").unwrap()));
}

#[test]
fn where_none_is_wanted_none_is_made() {
    let world = World::new(healthy());
    world.want(Settings {
        wanted: false,
        ..Settings::default()
    });
    world.log_in("ada", ADA).unwrap();
    assert!(world.mac().directory.user(NAME).is_none());
}

#[test]
fn a_conflict_is_foreseen_and_the_account_made_when_it_has_gone() {
    let mut mac = healthy();
    let profile = || DemandOrigin::Profile("P-1".to_owned());
    mac.password_policy.demands = vec![
        (PasswordDemand::MinLength(12), profile()),
        (PasswordDemand::MaxLength(8), profile()),
    ];
    let world = World::new(mac);
    world.log_in("ada", ADA).unwrap();
    assert!(world.mac().directory.user(NAME).is_none(), "the Mac was touched");
    let seen = world.look().service_account.value().cloned().unwrap();
    let PasswordOutlook::Conflict { rules } = seen.policy.password else {
        panic!("{:?}", seen.policy)
    };
    assert_eq!(rules.len(), 2, "{rules:?}");

    world.runner.change(|mac| {
        mac.password_policy.demands.pop();
    });
    world.log_in("ada", ADA).unwrap();
    is_whole(&world.mac(), &world.custody);
}

#[test]
fn the_policy_is_asked_anew_when_somebody_says_that_it_was_dealt_with() {
    let mut mac = healthy();
    mac.password_policy.demands = vec![
        (PasswordDemand::MinLength(12), DemandOrigin::Local),
        (PasswordDemand::MaxLength(8), DemandOrigin::Local),
    ];
    let world = World::new(mac);
    world.tend();
    let retry = |at: i64| Settings {
        try_again_at: Some(Timestamp(NOW.0 + at)),
        ..Settings::default()
    };
    let outcome = |at: i64| {
        let settings = retry(at);
        world.want(settings.clone());
        // A usual look believes what was asked a moment ago; what was asked before the choice it does not.
        let observation = world.usual_look();
        retry_after(Timestamp(NOW.0 + at), Some(&observation), &settings)
    };
    assert!(matches!(outcome(1), Retry::StillInConflict { .. }));
    world.runner.change(|mac| mac.password_policy.demands.clear());
    assert!(
        matches!(outcome(1), Retry::StillInConflict { .. }),
        "nobody said so"
    );
    assert!(matches!(outcome(2), Retry::RulesGone { .. }));
    world.log_in("ada", ADA).unwrap();
    is_whole(&world.mac(), &world.custody);
    let told = retry_after(Timestamp(NOW.0 + 2), Some(&world.look()), &retry(2));
    assert!(matches!(told, Retry::Succeeded { .. }), "{told:?}");
}

#[test]
fn a_disk_that_refuses_the_holder_is_asked_once_and_no_account_is_made() {
    let mut mac = healthy();
    tool(
        &mut mac,
        "dscl",
        &[".", "-create", "/Users/ada", "RealName", "Ada"],
    );
    let world = World::new(mac);
    let at = world.at();
    world
        .runner
        .change(|mac| {
            let who = Credentials {
                name: "ada",
                password: "injected",
            };
            macsim::rules::inject_hash::inject_hash(mac, who, at)
        })
        .unwrap();
    for _ in 0..4 {
        world.log_in("ada", "injected").unwrap();
    }
    let mac = world.mac();
    assert!(!holds(&mac, NAME));
    assert!(mac.directory.user(NAME).is_none());
    assert_eq!(failed_unlocks(&mac), 1);
}
