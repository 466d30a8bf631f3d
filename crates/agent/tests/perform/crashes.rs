//! The agent is killed before and after each tool; the next one finishes the sentence.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};

use agent::journal::Stage;
use agent::paths::Paths;
use agent::promotions::Promotions;
use macsim::model::clock::UnixMillis;
use macsim::model::mac::Mac;
use trust::action::{Action, CreateAccount};
use trust::code::Code;
use trust::outcome::Outcome;

use crate::macs::*;
use crate::runner::{KillPoint, Killed, WatchedRunner};

#[test]
fn a_grant_happens_once_and_is_told() {
    killed_at_each_call(healthy, &order(ADA, BEN), |outcome, mac, killed| {
        assert_eq!(outcome.code, Code::Granted, "{killed}\n{:#?}", outcome.evidence);
        assert!(outcome.edge.is_some(), "{killed}: a grant without its edge");
        assert!(truly_holds(mac, "ben", BEN), "{killed}");
        assert_eq!(grants_of(mac, "ben"), 1, "{killed}");
    });
}

#[test]
fn an_account_is_made_once_with_its_token() {
    let create = Action::CreateAccount(CreateAccount {
        target: "cleo".parse().unwrap(),
        full_name: "Cleo".parse().unwrap(),
        role: Default::default(),
        hidden: true,
        administrator: Some("ada".parse().unwrap()),
        promote_administrator: false,
    });
    let order = order_for(create, Some(ADA), "cleo-pass-1");
    killed_at_each_call(healthy, &order, |outcome, mac, killed| {
        assert_eq!(
            outcome.code,
            Code::CreatedWithToken,
            "{killed}\n{:#?}",
            outcome.evidence
        );
        assert!(truly_holds(mac, "cleo", "cleo-pass-1"), "{killed}");
        assert_eq!(
            (grants_of(mac, "cleo"), mac.effects.accounts["cleo"].created),
            (1, 1),
            "{killed}"
        );
    });
}

#[test]
fn nobody_stays_an_administrator_in_passing() {
    let order = order_for(grant_action("stan", "ben", true), Some("stan-pass"), BEN);
    killed_at_each_call(standard_holder, &order, |outcome, mac, killed| {
        assert_eq!(outcome.code, Code::Granted, "{killed}\n{:#?}", outcome.evidence);
        assert!(truly_holds(mac, "ben", BEN), "{killed}");
        assert_eq!(grants_of(mac, "ben"), 1, "{killed}");
        let stan = mac.directory.user("stan").unwrap();
        assert!(
            !mac.directory.is_admin(stan),
            "{killed}: stan is still an administrator"
        );
    });
}

/// Kills the agent before and after each call of `order` on a Mac, and lets the next agent finish it.
fn killed_at_each_call(mac: fn() -> Mac, order: &Order, check: impl Fn(&Outcome, &Mac, &str)) {
    let whole = WatchedRunner::new(mac(), UnixMillis(NOW.0));
    order.carry_out(&whole, Stage::Started, &AtomicBool::new(false));
    for (call, named) in whole.calls().iter().enumerate() {
        for after_the_tool in [false, true] {
            let point = KillPoint { call, after_the_tool };
            let (outcome, mac) = killed_at(mac(), order, point);
            check(&outcome, &mac, &format!("killed at {point:?}: {named}"));
        }
    }
}

fn killed_at(mac: Mac, order: &Order, point: KillPoint) -> (Outcome, Mac) {
    let folder = tempfile::tempdir().unwrap();
    let paths = Paths::new(folder.path(), Some(folder.path()));
    let touched = AtomicBool::new(false);
    let killed = WatchedRunner::new(mac, UnixMillis(NOW.0)).kill_at(point);
    let promotions = Promotions::open(&paths).unwrap();
    let run = catch_unwind(AssertUnwindSafe(|| {
        order.carry_out_as(&promotions, &killed, Stage::Started, &touched)
    }));
    assert!(
        run.err().is_some_and(|cause| cause.is::<Killed>()),
        "the agent outlived {point:?}"
    );

    // The next agent knows what was on the disk when this one died, and no more.
    let stage = if touched.load(Ordering::Relaxed) {
        Stage::Acting
    } else {
        Stage::Started
    };
    let promotions = Promotions::open(&paths).unwrap();
    let next = WatchedRunner::new(killed.mac(), UnixMillis(NOW.0));
    let done = order.carry_out_as(&promotions, &next, stage, &AtomicBool::new(false));
    assert_eq!(promotions.unproved(), Vec::<String>::new());
    (done.outcome, next.mac())
}
