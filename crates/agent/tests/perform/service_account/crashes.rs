//! The agent is killed before and after each tool of the service account's life; the next one finishes or undoes it.

use agent::journal::Stage;
use macsim::model::mac::Mac;
use trust::code::Code;
use trust::outcome::Outcome;
use trust::service_account::Status;

use super::faults::set_local;
use super::handing_on::served;
use super::orders::{adopt, create, remove, repair, rotate};
use super::truth::{NAME, is_whole, opens};
use super::world::World;
use crate::macs::*;
use crate::order::Order;
use crate::runner::KillPoint;

/// Every point at which `work` can be killed on such a world.
pub fn points(world: World, work: impl FnOnce(&World)) -> Vec<KillPoint> {
    world.runner.arm(None);
    work(&world);
    let calls = world.runner.calls().len();
    (0..calls)
        .flat_map(|call| [false, true].map(|after_the_tool| KillPoint { call, after_the_tool }))
        .collect()
}

/// Whatever was killed, no password was lost and somebody still holds.
pub fn nothing_is_lost(world: &World, killed: &str) {
    let mac = world.mac();
    assert!(mac.holders().next().is_some(), "{killed}: nobody holds");
    if mac.directory.user(NAME).is_some_and(|user| mac.is_holder(user)) {
        assert_eq!(
            opens(&mac, &world.custody),
            (true, true),
            "{killed}: the password is lost"
        );
    }
}

fn ordered(world: impl Fn() -> World, order: &Order, check: impl Fn(&Outcome, &World, &str)) {
    let all = points(world(), |world| {
        world.order(order, Stage::Started);
    });
    for point in all {
        let world = world();
        let done = world.order_killed(order, point);
        let killed = format!("killed at {point:?}");
        nothing_is_lost(&world, &killed);
        check(&done.outcome, &world, &killed);
    }
}

#[test]
fn made_by_a_login() {
    let all = points(World::new(healthy()), |world| {
        world.log_in("ada", ADA).unwrap();
    });
    for point in all {
        let world = World::new(healthy());
        world.killed(point, |world| world.log_in("ada", ADA).unwrap());
        nothing_is_lost(&world, &format!("killed at {point:?}"));
        world.tend();
        nothing_is_lost(&world, &format!("killed at {point:?}, and started again"));
        world.log_in("ada", ADA).unwrap();
        is_whole(&world.mac(), &world.custody);
        let valid = matches!(world.status(), Status::Valid { .. });
        assert!(valid, "killed at {point:?}: {:#?}", world.told());
    }
}

#[test]
fn made_by_order() {
    ordered(
        || World::new(healthy()),
        &create(),
        |outcome, world, killed| {
            assert_eq!(
                outcome.code,
                Code::ServiceAccountCreated,
                "{killed}\n{:#?}",
                outcome.evidence
            );
            assert!(outcome.edge.is_some(), "{killed}: no hand-over was told");
            is_whole(&world.mac(), &world.custody);
        },
    );
}

#[test]
fn rotated_once() {
    ordered(
        || served(healthy()),
        &rotate(),
        |outcome, world, killed| {
            assert_eq!(
                outcome.code,
                Code::ServiceAccountRotated,
                "{killed}\n{:#?}",
                outcome.evidence
            );
            is_whole(&world.mac(), &world.custody);
            let sets = world.mac().effects.accounts[NAME].password_set;
            assert_eq!(sets, 2, "{killed}: made once and changed once");
        },
    );
}

#[test]
fn repaired() {
    let broken = || {
        let world = served(healthy());
        world.pass(std::time::Duration::from_secs(60));
        set_local(&world, "somebody else's");
        world
    };
    let all = points(broken(), |world| {
        world.order(&repair(Some("ada")), Stage::Started);
    });
    for point in all {
        let world = broken();
        let done = world.order_killed(&repair(Some("ada")), point);
        assert!(done.outcome.code.is_success(), "{point:?}\n{:#?}", done.outcome);
        is_whole(&world.mac(), &world.custody);
    }
}

/// Killed anywhere, it is finished or undone by the next agent, and the server is told once.
fn reinstalled(world: impl Fn() -> World) {
    let all = points(world(), |world| {
        world.reinstall("ada", ADA).unwrap();
    });
    for point in all {
        let world = world();
        let told_before = world.told().len();
        world.killed(point, |world| world.reinstall("ada", ADA));
        let killed = format!("killed at {point:?}");
        assert!(world.mac().holders().next().is_some(), "{killed}: nobody holds");
        world.tend();
        let whole = matches!(world.status(), Status::Valid { .. });
        if !whole {
            world.reinstall("ada", ADA).unwrap();
        }
        is_whole(&world.mac(), &world.custody);
        assert!(matches!(world.status(), Status::Valid { .. }), "{killed}");
        let told = world.told().split_off(told_before);
        let last = told
            .last()
            .unwrap_or_else(|| panic!("{killed}: nothing was told"));
        assert!(last.code.is_success(), "{killed}: {told:#?}");
        let ids: std::collections::BTreeSet<String> = told.iter().map(|deed| deed.id.to_string()).collect();
        assert_eq!(ids.len(), told.len(), "{killed}: told twice");
    }
}

#[test]
fn made_whole_by_a_reinstall() {
    reinstalled(super::reinstall::lost);
}

#[test]
fn made_by_a_reinstall() {
    reinstalled(|| World::new(healthy()));
}

#[test]
fn removed() {
    let world = || served(healthy());
    ordered(world, &remove(Some("Mac")), |outcome, world, killed| {
        assert_eq!(
            outcome.code,
            Code::ServiceAccountRemoved,
            "{killed}\n{:#?}",
            outcome.evidence
        );
        let mac: Mac = world.mac();
        assert!(mac.directory.user(NAME).is_none(), "{killed}");
        assert!(world.custody.passwords.all().unwrap().is_empty(), "{killed}");
    });
}

#[test]
fn adopted_once() {
    ordered(
        || served(healthy()),
        &adopt("ben", BEN),
        |outcome, world, killed| {
            assert_eq!(
                outcome.code,
                Code::AccountAdopted,
                "{killed}\n{:#?}",
                outcome.evidence
            );
            assert!(truly_holds(&world.mac(), "ben", BEN), "{killed}");
            assert_eq!(grants_of(&world.mac(), "ben"), 1, "{killed}");
        },
    );
}
