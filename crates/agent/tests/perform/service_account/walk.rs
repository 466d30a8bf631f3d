//! Random walks: logins, orders, reinstalls, kills, policies, restarts, strangers' hands, in any order. Nobody's token is lost, no password of
//! the service account is, and nobody is locked out.
//!
//! A failure names its seed. `BESTOW_SEEDS=4711..4712` replays one.

use std::time::Duration;

use agent::journal::Stage;
use macsim::model::mac::Mac;
use macsim::model::random::Random;
use macsim::rules::login;
use macsim::rules::refusal::Credentials;
use macsim::scenario::random_policy;
use trust::service_account::Settings;

use super::faults::set_local;
use super::orders::{adopt, create, remove, repair, rotate};
use super::truth::{NAME, opens};
use super::world::World;
use crate::macs::*;
use crate::runner::KillPoint;

const WALKS: u64 = 5_000;
const STEPS: u32 = 6;
const THREADS: u64 = 4;

#[test]
fn no_walk_loses_a_token_or_a_password_or_locks_anybody_out() {
    let seeds = crate::random_macs::seeds_or(0..WALKS);
    let walk = &|thread| {
        let own = seeds.clone().filter(move |seed| seed % THREADS == thread);
        own.filter(|seed| Walk::new(*seed).run()).count()
    };
    let alive: usize = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|thread| scope.spawn(move || walk(thread)))
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    println!("{alive} walks ended with a service account that holds a token");
    assert!(alive > 0, "no walk ever had a service account");
}

struct Walk {
    seed: u64,
    draw: Random,
    world: World,
    /// A stranger has set its password: what the agent keeps need not fit any more.
    tampered: bool,
    /// After so many wrong passwords macOS locks an account.
    limit: Option<u32>,
    /// Wrong passwords on the account, ever, before the agent had its turn.
    failed: u32,
}

impl Walk {
    fn new(seed: u64) -> Self {
        let mut draw = Random::new(seed ^ 0x0057_414C_4B00);
        let mac = match draw.below(4) {
            0 => standard_holder(),
            _ => healthy(),
        };
        let world = World::new(mac);
        world.want(Settings {
            promote_administrators: draw.one_in(2),
            ..Settings::default()
        });
        Self {
            seed,
            draw,
            world,
            tampered: false,
            limit: None,
            failed: 0,
        }
    }

    fn run(mut self) -> bool {
        for step in 0..STEPS {
            let what = self.step();
            self.holds_true(&format!("seed {}, step {step}: {what}", self.seed));
        }
        let mac = self.world.mac();
        mac.directory.user(NAME).is_some_and(|user| mac.is_holder(user))
    }

    fn step(&mut self) -> String {
        let point = KillPoint {
            call: self.draw.below(60),
            after_the_tool: self.draw.one_in(2),
        };
        let kill = self.draw.one_in(3);
        let work = self.draw.below(14);
        let who = *self.draw.pick(&["ada", "ben", "stan"]);
        let password = match who {
            "ada" => ADA,
            "ben" => BEN,
            _ => "stan-pass",
        };
        let (world, order) = (
            &self.world,
            match work {
                4 => Some(create()),
                5 => Some(rotate()),
                6 => Some(repair(Some("ada"))),
                7 => Some(remove(None)),
                8 => Some(adopt("ben", BEN)),
                _ => None,
            },
        );
        match (order, work) {
            (Some(order), _) if kill => {
                world.order_killed(&order, point);
            }
            (Some(order), _) => {
                world.order(&order, Stage::Started);
            }
            (None, 0..4) => {
                if kill {
                    world.killed(point, |world| drop(world.log_in(who, password)));
                } else {
                    drop(world.log_in(who, password));
                }
            }
            (None, 9) => {
                let policy = random_policy(&mut self.draw);
                self.limit = (!self.draw.one_in(3)).then(|| 3 + u32::try_from(self.draw.below(8)).unwrap());
                let limit = self.limit;
                world.runner.change(|mac| {
                    mac.password_policy.demands = policy.demands;
                    mac.password_policy.max_failed_logins = limit;
                });
            }
            (None, 10) => {
                if self.draw.one_in(2) {
                    world.restart();
                } else {
                    world.days(40);
                }
                world.tend();
            }
            (None, 11) => {
                for _ in 0..=self.draw.below(4) {
                    let wrong = Credentials {
                        name: NAME,
                        password: "a guess",
                    };
                    let guessed = world.runner.change(|mac| login::over_ssh(mac, wrong, world.at()));
                    assert!(guessed.is_err());
                }
                self.failed = failed_logins(&world.mac());
                if self.draw.one_in(2) {
                    // What the agent knew of its password has lapsed, and it tries it again.
                    world.days(2);
                    world.tend();
                }
            }
            (None, 12) => {
                if self.draw.one_in(3) {
                    world.custody.passwords.clear().unwrap();
                    self.tampered = true;
                }
                let typed = if self.draw.one_in(3) { "not it" } else { password };
                if kill {
                    world.killed(point, |world| drop(world.reinstall(who, typed)));
                } else {
                    drop(world.reinstall(who, typed));
                }
            }
            (None, _) => {
                let there = world.mac().directory.user(NAME).is_some();
                if there && self.draw.one_in(2) {
                    world.pass(Duration::from_secs(60));
                    set_local(world, "a stranger's 1");
                    self.tampered = true;
                }
                world.tend();
            }
        }
        format!("{work} by {who}, killed: {kill} {point:?}")
    }

    fn holds_true(&mut self, told: &str) {
        let mac = self.world.mac();
        assert!(mac.holders().next().is_some(), "{told}: nobody holds a token");
        self.is_not_lost(&mac, told);
        let Some(user) = mac.directory.user(NAME) else {
            self.tampered = false;
            return;
        };
        let failed = std::mem::replace(&mut self.failed, failed_logins(&mac));
        if let Some(limit) = self.limit.filter(|_| self.failed > failed) {
            let (count, most) = (user.policy.failed_login_count, left_to_a_machine(limit));
            assert!(count <= most, "{told}: {count} failures under a limit of {limit}");
        }
        let failed = mac.failed_unlocks.get(user.guid()).copied().unwrap_or_default();
        assert!(failed <= 2, "{told}: the disk has refused {failed} times");
    }

    fn is_not_lost(&mut self, mac: &Mac, told: &str) {
        let holds = mac.directory.user(NAME).is_some_and(|user| mac.is_holder(user));
        let opened = opens(mac, &self.world.custody);
        if opened == (true, true) {
            self.tampered = false;
        }
        if holds && !self.tampered {
            assert_eq!(opened, (true, true), "{told}: the password is lost");
        }
    }
}

/// How often anybody has tried a wrong password on the account.
fn failed_logins(mac: &Mac) -> u32 {
    let counts = mac.effects.accounts.get(NAME);
    counts.map_or(0, |counts| counts.failed_logins)
}

/// How many wrong passwords in a row there may be on an account when a machine has caused the last of them.
fn left_to_a_machine(limit: u32) -> u32 {
    if limit < 4 { 0 } else { limit - 2 }
}
