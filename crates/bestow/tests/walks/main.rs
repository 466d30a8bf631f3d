//! Random walks through real processes: a server, an agent, Apple's tools and the login plug-in's library, while people log in,
//! administrators order what is allowed about the service account and about people's accounts, strangers meddle, policies change,
//! and agents and tools are killed. The chain is not cut, no password of the service account is lost, nobody becomes an
//! administrator in passing, and nobody is locked out. What is true is asked of the simulator.
//!
//! A failure names its seed. `BESTOW_SEEDS=17..18` replays one.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

#[path = "../support/mod.rs"]
#[expect(dead_code, reason = "the tests of single Macs use more of it")]
mod support;

mod accounts;
mod agent;
mod crash;
mod truth;
mod walk;

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use walk::{Walk, Walked};

const SEEDS: Range<u64> = 0..100;

/// How many Macs are at work at the same time. Much of a walk is waiting for a disk to have written.
const WORKERS: usize = 4;

#[test]
fn no_walk_loses_a_token_or_a_password_or_locks_anybody_out() {
    let seeds = seeds();
    let (next, all) = (AtomicU64::new(seeds.start), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= seeds.end {
                        break;
                    }
                    let walked = go(seed);
                    all.lock().unwrap().push(walked);
                }
            });
        }
    });
    let all = all.into_inner().unwrap();
    let count = |of: fn(&Walked) -> u32| all.iter().map(of).sum::<u32>();
    let counts = [
        (
            "walks that ended with a service account that is whole",
            count(|one| one.whole),
            60,
        ),
        ("agents killed", count(|one| one.agents_killed), 15),
        ("tools killed", count(|one| one.tools_killed), 5),
        ("orders carried out", count(|one| one.orders_ended), 20),
        ("accounts changed", count(|one| one.accounts_changed), 25),
        ("orders that the guard refused", count(|one| one.guarded), 5),
    ];
    for (what, number, least) in counts {
        println!("{what}: {number}");
        assert!(
            number >= least || seeds != SEEDS,
            "{what}: {number}, which shows little"
        );
    }
}

/// Goes one walk. One that fails tells its way.
fn go(seed: u64) -> Walked {
    let mut told = Vec::new();
    let walked = catch_unwind(AssertUnwindSafe(|| Walk::new(seed).run(&mut told)));
    walked.unwrap_or_else(|cause| {
        println!("walk {seed} failed after:\n{}", told.join("\n"));
        resume_unwind(cause)
    })
}

fn seeds() -> Range<u64> {
    let Ok(text) = std::env::var("BESTOW_SEEDS") else {
        return SEEDS;
    };
    let (start, end) = text.split_once("..").unwrap();
    start.parse().unwrap()..end.parse().unwrap()
}
