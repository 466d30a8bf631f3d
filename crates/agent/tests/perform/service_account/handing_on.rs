//! Once there is a service account, whoever logs in without a token gets one.

use macsim::model::clock::UnixMillis;
use macsim::model::mac::Mac;
use macsim::scenario::Situation;
use trust::code::Code;
use trust::service_account::{Settings, Status};

use super::truth::{NAME, holds};
use super::world::World;
use crate::macs::*;

/// A Mac with a service account, made by ada's login.
pub fn served(mac: Mac) -> World {
    let world = World::new(mac);
    world.tend();
    world.restart();
    world.log_in("ada", ADA).unwrap();
    assert!(
        matches!(world.status(), Status::Valid { .. }),
        "{:#?}",
        world.told()
    );
    world
}

#[test]
fn a_new_account_gets_its_token_at_its_login() {
    let world = served(healthy());
    world
        .runner
        .change(|mac| add_user(mac, "cleo", "cleo-pass-1", &[]));
    assert!(!holds(&world.mac(), "cleo"));
    world.log_in("cleo", "cleo-pass-1").unwrap();
    assert!(truly_holds(&world.mac(), "cleo", "cleo-pass-1"));
    assert_eq!(world.deeds(), [Code::ServiceAccountCreated, Code::Granted]);
    let told = world.told();
    let edge = told[1].edge.as_ref().unwrap();
    assert_eq!((edge.granter.as_str(), edge.target.as_str()), (NAME, "cleo"));

    // It shows at the start-up screen after the next restart.
    let mut mac = world.mac();
    macsim::rules::reboot::reboot(&mut mac, world.at());
    assert!(mac.preboot.iter().any(|user| user.name == "cleo"));
}

#[test]
fn an_excluded_account_gets_none() {
    let world = served(healthy());
    world.want(Settings {
        excluded_accounts: vec!["ben".parse().unwrap()],
        ..Settings::default()
    });
    world.log_in("ben", BEN).unwrap();
    assert!(!holds(&world.mac(), "ben"));
    world.want(Settings::default());
    world.log_in("ben", BEN).unwrap();
    assert!(truly_holds(&world.mac(), "ben", BEN));
}

#[test]
fn what_macos_hands_on_by_itself_is_left_to_it() {
    let made = Situation::Healthy.mac(3, UnixMillis(NOW.0 - 3_600_000));
    let password = |name: &str| made.account(name).unwrap().password.clone();
    let (ada, ben) = (password("ada"), password("ben"));
    assert!(made.mac.can_use_bootstrap_token() && !holds(&made.mac, "ben"));
    let world = World::new(made.mac);
    world.log_in("ada", &ada).unwrap();
    world.log_in("ben", &ben).unwrap();
    assert!(truly_holds(&world.mac(), "ben", &ben));
    assert_eq!(
        world.deeds(),
        [Code::ServiceAccountCreated],
        "the agent granted, too"
    );
}

#[test]
fn a_password_that_is_due_is_changed_and_the_one_before_is_kept() {
    let world = served(healthy());
    let before = super::truth::kept(&world.custody);
    world.days(26);
    world.tend();
    assert_eq!(super::truth::kept(&world.custody), before);
    world.days(5);
    world.tend();
    let after = super::truth::kept(&world.custody);
    assert_eq!(after.len(), 2);
    assert_eq!(after[1], before[0]);
    super::truth::is_whole(&world.mac(), &world.custody);
    assert_eq!(
        world.deeds(),
        [Code::ServiceAccountCreated, Code::ServiceAccountRotated]
    );
}

#[test]
fn a_password_that_the_policy_lets_expire_is_changed_before() {
    let world = served(healthy());
    world
        .runner
        .change(|mac| mac.password_policy.max_age_days = Some(5));
    world.log_in("ada", ADA).unwrap();
    let expires = world.look().service_account.value().unwrap().policy.expires_at;
    assert!(expires.is_some());
}

#[test]
fn nothing_is_tried_more_than_once_a_day_while_all_is_well() {
    let world = served(healthy());
    let tries = || {
        let calls = world.runner.calls();
        calls.iter().filter(|call| call.contains("-authonly")).count()
    };
    world.runner.arm(None);
    for _ in 0..3 {
        world.tend();
    }
    assert_eq!(tries(), 0);
    world.days(1);
    world.tend();
    assert_eq!(tries(), 1);
}
