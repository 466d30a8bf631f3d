//! What a Mac whose tools do not answer comes to: an end that can be tried again, because it left no trace.

use std::sync::atomic::AtomicBool;

use agent::journal::Stage;
use macsim::model::clock::UnixMillis;
use simrunner::SimRunner;
use trust::code::Code;

use crate::macs::*;
use crate::runner::Without;

#[test]
fn an_end_before_any_password_can_be_tried_again_and_comes_about_then() {
    let runner = SimRunner::new(healthy(), UnixMillis(NOW.0));
    let order = order(ADA, BEN);
    let deaf = Without(&runner, &["dscl", "dscacheutil"]);
    let first = order.carry_out(&deaf, Stage::Started, &AtomicBool::new(false));
    assert!(first.outcome.code.is_retry_safe(), "{:#?}", first.outcome);
    assert!(
        !first.outcome.touched_the_mac && !first.password_tried,
        "{:#?}",
        first.outcome
    );
    let again = Stage::Again {
        tries: 1,
        at: NOW,
        evidence: first.outcome.evidence,
    };
    let second = order.carry_out(&runner, again, &AtomicBool::new(false));
    assert_eq!(second.outcome.code, Code::Granted, "{:#?}", second.outcome);
    assert!(second.password_tried);
    assert_eq!(grants_of(&runner.mac(), "ben"), 1);
}

#[test]
fn an_end_after_a_password_was_tried_says_so() {
    let runner = SimRunner::new(healthy(), UnixMillis(NOW.0));
    let wrong = order("not ada's", BEN).carry_out(&runner, Stage::Started, &AtomicBool::new(false));
    assert_eq!(wrong.outcome.code, Code::AdministratorWrongPassword);
    assert!(wrong.password_tried && !wrong.outcome.touched_the_mac);
    let refused = order_between(("nobody", "x"), ("ben", BEN));
    let refused = refused.carry_out(&runner, Stage::Started, &AtomicBool::new(false));
    assert!(!refused.password_tried, "{:#?}", refused.outcome);
}
