//! What is predicted comes about on random Macs whose tools are real processes, and what is reported is true. The oracle
//! is the one that the agent's own tests use on thousands of Macs in memory.
//!
//! A failure names its seed. `BESTOW_SEEDS=4711..4712` replays one.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

#[path = "../../agent/tests/perform/oracle.rs"]
mod oracle;
#[path = "../../agent/tests/perform/order.rs"]
#[expect(dead_code, reason = "the agent's own tests use more of it")]
mod order;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use agent::journal::Stage;
use agent::observe::{Freshness, Observer};
use mac::ProcessRunner;
use macsim::MacHome;
use macsim::model::clock::UnixMillis;
use macsim::model::knobs::Lie;
use macsim::model::random::Random;
use macsim::scenario::random_mac;
use trust::code::Code;

use oracle::{NOW, Still, attempt, check};
use order::order_for;

const SEEDS: Range<u64> = 0..200;

/// How many Macs are at work at the same time.
const WORKERS: usize = 2;

#[test]
fn the_prediction_comes_about_and_the_report_is_true_through_real_processes() {
    let seeds = seeds();
    let next = AtomicU64::new(seeds.start);
    let ends = Mutex::new(BTreeMap::<Code, u32>::new());
    std::thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= seeds.end {
                        break;
                    }
                    let code = one_mac(seed);
                    *ends.lock().unwrap().entry(code).or_default() += 1;
                }
            });
        }
    });
    let ends = ends.into_inner().unwrap();
    println!("{ends:#?}");
    if seeds == SEEDS {
        for code in [Code::Granted, Code::CreatedWithToken, Code::ChainBroken] {
            assert!(
                ends.contains_key(&code),
                "no Mac ended with {code}: the Macs are too much alike"
            );
        }
    }
}

fn seeds() -> Range<u64> {
    let Ok(text) = std::env::var("BESTOW_SEEDS") else {
        return SEEDS;
    };
    let (start, end) = text.split_once("..").unwrap();
    start.parse().unwrap()..end.parse().unwrap()
}

fn one_mac(seed: u64) -> Code {
    println!("seed {seed}");
    let mut draw = Random::new(seed ^ 0x9A0C_E55E);
    let mut scenario = random_mac(seed, UnixMillis(NOW.0 - 3_600_000));
    if draw.one_in(10) {
        scenario.mac.knobs.lie = Lie::Always;
    }
    scenario.mac.knobs.stdin_passwords = !draw.one_in(4);
    let attempt = attempt(&scenario, &mut draw);
    let before = scenario.mac;

    let folder = tempfile::tempdir().unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_bestow"));
    let home = MacHome::create(folder.path().join("mac"), &before, program).unwrap();
    let runner = ProcessRunner::new(home.root());
    let observation = Observer::forgetful().look(&runner, &Still, Freshness::Now);
    let (administrator, target) = attempt.passwords();
    let order = order_for(attempt.action.clone(), administrator, target);
    let outcome = order
        .carry_out(&runner, Stage::Started, &AtomicBool::new(false))
        .outcome;
    let after = home.load().unwrap();

    let lying = before.knobs.lie != Lie::Never;
    check(seed, &attempt, &observation, &outcome, (&before, &after), lying);
    outcome.code
}
