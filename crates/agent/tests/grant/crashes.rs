//! The agent is killed before and after each tool of a grant; the next one finishes the sentence.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};

use agent::journal::Stage;
use macsim::model::clock::UnixMillis;
use trust::code::Code;

use crate::macs::*;
use crate::runner::{KillPoint, Killed, SimRunner};

#[test]
fn killed_anywhere_the_grant_happens_once_and_is_told() {
    let whole = SimRunner::new(healthy(), UnixMillis(NOW.0));
    order(ADA, BEN).carry_out(&whole, Stage::Started, &AtomicBool::new(false));
    let calls = whole.calls();
    assert!(
        calls.iter().any(|call| call.contains("-secureTokenOn")),
        "{calls:#?}"
    );

    for (call, named) in calls.iter().enumerate() {
        for after_the_tool in [false, true] {
            killed_at(KillPoint { call, after_the_tool }, named);
        }
    }
}

fn killed_at(point: KillPoint, call: &str) {
    let order = order(ADA, BEN);
    let touched = AtomicBool::new(false);
    let killed = SimRunner::new(healthy(), UnixMillis(NOW.0)).kill_at(point);
    let run = catch_unwind(AssertUnwindSafe(|| {
        order.carry_out(&killed, Stage::Started, &touched)
    }));
    assert!(
        run.err().is_some_and(|cause| cause.is::<Killed>()),
        "the agent outlived {point:?}"
    );

    // The journal says no more than what was on the disk when the agent died.
    let stage = if touched.load(Ordering::Relaxed) {
        Stage::Acting
    } else {
        Stage::Started
    };
    let next = SimRunner::new(killed.mac(), UnixMillis(NOW.0));
    let done = order.carry_out(&next, stage, &AtomicBool::new(false));
    let mac = next.mac();
    assert_eq!(
        done.outcome.code,
        Code::Granted,
        "killed at {point:?}: {call}\n{:#?}",
        done.outcome.evidence
    );
    assert!(
        done.outcome.edge.is_some(),
        "killed at {point:?}: {call}: a grant without its edge"
    );
    assert!(truly_holds(&mac, "ben", BEN));
    assert_eq!(grants_of(&mac, "ben"), 1, "killed at {point:?}: {call}");
}
