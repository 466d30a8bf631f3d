//! What is predicted comes about, on thousands of random Macs; and what is reported is true, also when tools lie.
//!
//! A failure names its seed. `BESTOW_SEEDS=4711..4712` replays one.

use std::ops::Range;
use std::sync::atomic::AtomicBool;

use agent::journal::Stage;
use agent::observe::{Freshness, Observer};
use macsim::model::clock::UnixMillis;
use macsim::model::knobs::Lie;
use macsim::model::random::Random;
use macsim::scenario::{random_mac, random_policy};
use trust::code::Code;

use crate::macs::order_for;
use crate::oracle::{NOW, Still, attempt, check};
use crate::runner::WatchedRunner;
use crate::security;

const SEEDS: Range<u64> = 0..10_000;

#[test]
fn the_prediction_comes_about_and_the_report_is_true() {
    let mut ends = std::collections::BTreeMap::<Code, u32>::new();
    for seed in seeds() {
        *ends.entry(one_mac(seed)).or_default() += 1;
    }
    println!("{ends:#?}");
    if seeds().end - seeds().start >= 10_000 {
        for code in [
            Code::Granted,
            Code::GrantNotConfirmed,
            Code::ChainBroken,
            Code::AdministratorTokenUnusable,
            Code::AccountCreated,
            Code::CreatedWithToken,
            Code::CreatedWithoutToken,
            Code::AccountNotCreated,
            Code::PasswordPolicyConflict,
        ] {
            assert!(
                ends.contains_key(&code),
                "no Mac ended with {code}: the Macs are too much alike"
            );
        }
    }
}

fn seeds() -> Range<u64> {
    seeds_or(SEEDS)
}

/// The seeds that are asked for, or these.
pub fn seeds_or(usual: Range<u64>) -> Range<u64> {
    let Ok(text) = std::env::var("BESTOW_SEEDS") else {
        return usual;
    };
    let (start, end) = text.split_once("..").unwrap();
    start.parse().unwrap()..end.parse().unwrap()
}

fn one_mac(seed: u64) -> Code {
    let mut draw = Random::new(seed ^ 0x5EED);
    let mut scenario = random_mac(seed, UnixMillis(NOW.0 - 3_600_000));
    if draw.one_in(10) {
        scenario.mac.knobs.lie = Lie::Always;
    }
    let lies_about_grants = draw.one_in(10);
    scenario.mac.knobs.stdin_passwords = !draw.one_in(4);
    let attempt = attempt(&scenario, &mut draw);
    if draw.one_in(3) {
        scenario.mac.password_policy.demands = random_policy(&mut draw).demands;
    }
    let before = scenario.mac.clone();

    let mut runner = WatchedRunner::new(scenario.mac, UnixMillis(NOW.0));
    if lies_about_grants {
        runner = runner.lie_about("-secureTokenOn");
    }
    let observation = Observer::forgetful().look(&runner, &Still, Freshness::Now);
    security::is_seen_as_it_is(seed, &observation, &before);
    let (administrator, target) = attempt.passwords();
    let order = order_for(attempt.action.clone(), administrator, target);
    let outcome = order
        .carry_out(&runner, Stage::Started, &AtomicBool::new(false))
        .outcome;
    let after = runner.mac();
    let lying = lies_about_grants || before.knobs.lie != Lie::Never;
    check(seed, &attempt, &observation, &outcome, (&before, &after), lying);
    outcome.code
}
