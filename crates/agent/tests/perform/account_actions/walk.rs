//! Random walks of account actions, grants, orders about the service account, logins and kills, in any order and without
//! anybody typing a Mac's name: somebody always holds a token and may authenticate, and somebody is always proved to.
//!
//! A failure names its seed. `BESTOW_SEEDS=4711..4712` replays one.

use std::collections::BTreeMap;

use agent::journal::Stage;
use agent::observe::Observer;
use macsim::model::mac::Mac;
use macsim::model::random::Random;
use trust::action::Action;
use trust::chain;
use trust::code::Code;

use super::ends::several;
use super::orders::*;
use crate::macs::*;
use crate::order::Order;
use crate::runner::KillPoint;
use crate::service_account::{World, create, remove, rotate};

const WALKS: u64 = 5_000;
const STEPS: u32 = 10;
const THREADS: u64 = 4;

#[test]
fn no_walk_of_allowed_actions_cuts_the_chain() {
    let seeds = crate::random_macs::seeds_or(0..WALKS);
    let walk = &|thread| {
        let mut ends = BTreeMap::<Code, u32>::new();
        for seed in seeds.clone().filter(|seed| seed % THREADS == thread) {
            Walk::new(seed).run(&mut ends);
        }
        ends
    };
    let mut ends = BTreeMap::<Code, u32>::new();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|thread| scope.spawn(move || walk(thread)))
            .collect();
        for (code, count) in threads.into_iter().flat_map(|thread| thread.join().unwrap()) {
            *ends.entry(code).or_default() += count;
        }
    });
    println!("{ends:#?}");
    if seeds.end - seeds.start >= WALKS {
        for code in [
            Code::AccountPromoted,
            Code::AccountDemoted,
            Code::AccountDisabled,
            Code::AccountUnlocked,
            Code::AccountDeleted,
            Code::LastHolder,
            Code::LastAdministrator,
            Code::Granted,
            Code::ServiceAccountCreated,
            Code::ServiceAccountRemoved,
        ] {
            assert!(
                ends.contains_key(&code),
                "no step ended with {code}: the walks are too much alike"
            );
        }
    }
}

struct Walk {
    seed: u64,
    draw: Random,
    world: World,
    /// Remembers what was proved, from step to step.
    observer: Observer,
}

impl Walk {
    fn new(seed: u64) -> Self {
        let mut draw = Random::new(seed ^ 0x4143_4354);
        let mac = match draw.below(4) {
            0 => standard_holder(),
            1 => healthy(),
            _ => several(),
        };
        Self {
            seed,
            draw,
            world: World::new(mac),
            observer: Observer::forgetful(),
        }
    }

    fn run(mut self, ends: &mut BTreeMap<Code, u32>) {
        let mut proved_before = 0;
        for step in 0..STEPS {
            let (order, what) = self.order();
            let kill = self.draw.one_in(4);
            let point = KillPoint {
                call: self.draw.below(50),
                after_the_tool: self.draw.one_in(2),
            };
            let done = match kill {
                true => self.world.order_killed_seen_by(&self.observer, &order, point),
                false => self.world.order_seen_by(&self.observer, &order, Stage::Started),
            };
            *ends.entry(done.outcome.code).or_default() += 1;
            let told = format!(
                "seed {}, step {step}: {what}, killed {kill}: {:#?}",
                self.seed, done.outcome
            );
            proved_before = self.holds_true(proved_before, &told);
        }
    }

    fn order(&mut self) -> (Order, String) {
        let name = *self.draw.pick(&["ada", "abe", "ben", "cleo", "stan", "_bestow"]);
        let action = |action: Action| (order_of(&action), action.in_words());
        match self.draw.below(12) {
            0 | 1 => action(promote(name)),
            2 | 3 => action(demote(name, None)),
            4 | 5 => action(disable(name, None)),
            6 => action(unlock(name)),
            7 | 8 => action(delete(name, None)),
            9 => {
                let granter = *self.draw.pick(&["ada", "abe"]);
                let passwords = (password_of(granter), password_of(name));
                let grant = order_between((granter, passwords.0), (name, passwords.1));
                (grant, format!("grant from {granter} to {name}"))
            }
            10 => match self.draw.one_in(2) {
                true => (remove(None), "remove the service account".to_owned()),
                false => (rotate(), "rotate".to_owned()),
            },
            _ => (create(), "make the service account".to_owned()),
        }
    }

    /// Answers how many are proved holders now.
    fn holds_true(&self, proved_before: usize, told: &str) -> usize {
        let mac = self.world.mac();
        let serves = |name: &str| is_served_by(&mac, name);
        let holders = mac.holders().filter(|user| serves(user.name())).count();
        assert!(holders > 0, "{told}\nnobody holds a token that can be used");
        let seen = self.world.look_by(&self.observer);
        let proved = chain::members(&seen)
            .iter()
            .filter(|member| member.token.is_proved() && !member.account.disabled)
            .count();
        assert!(
            proved_before == 0 || proved > 0,
            "{told}\nnobody is proved to hold any more"
        );
        let orphans = mac.volume.crypto_users.iter().filter(|key| {
            let is_account = key.kind == macsim::model::crypto_user::CryptoUserKind::LocalOpenDirectory;
            is_account && mac.directory.user_by_guid(&key.uuid).is_none()
        });
        assert_eq!(orphans.count(), 0, "{told}\na key belongs to nobody");
        proved
    }
}

/// Whether the account's token opens the disk with the password that its directory record takes, and it may authenticate.
fn is_served_by(mac: &Mac, name: &str) -> bool {
    let user = mac.directory.user(name);
    user.is_some_and(|user| !user.is_disabled() && mac.disk_knows_the_password(user))
}

fn password_of(name: &str) -> &'static str {
    match name {
        "ada" => ADA,
        "ben" => BEN,
        "abe" => "abe-pass",
        "cleo" => "cleo-pass",
        "stan" => "stan-pass",
        _ => "nobody's",
    }
}
