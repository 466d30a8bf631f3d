//! Random walks of account actions, grants, new passwords, orders about the service account and kills, in any order and
//! without anybody typing a Mac's name: somebody always holds a token and may authenticate, somebody is always proved to, and
//! nobody becomes an administrator but by the order that says so.
//!
//! A failure names its seed. `BESTOW_SEEDS=4711..4712` replays one.

use std::collections::{BTreeMap, BTreeSet};

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
use crate::service_account::{World, create_by, remove, rotate};

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
            Code::AccountAdopted,
            Code::PasswordChanged,
            Code::PasswordReset,
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
    /// What people know.
    passwords: BTreeMap<&'static str, String>,
}

/// One step.
struct Step {
    order: Order,
    what: String,
    /// Who is to have which password afterwards.
    gives: Option<(&'static str, String)>,
    /// Who is to be an administrator afterwards.
    promotes: Option<&'static str>,
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
            passwords: PASSWORDS
                .map(|(name, password)| (name, password.to_owned()))
                .into(),
        }
    }

    fn run(mut self, ends: &mut BTreeMap<Code, u32>) {
        let mut proved_before = 0;
        for number in 0..STEPS {
            let step = self.step(number);
            let kill = self.draw.one_in(4);
            let point = KillPoint {
                call: self.draw.below(50),
                after_the_tool: self.draw.one_in(2),
            };
            let mut administrators = administrators(&self.world.mac());
            administrators.extend(step.promotes.map(str::to_owned));
            let done = match kill {
                true => self
                    .world
                    .order_killed_seen_by(&self.observer, &step.order, point),
                false => self
                    .world
                    .order_seen_by(&self.observer, &step.order, Stage::Started),
            };
            *ends.entry(done.outcome.code).or_default() += 1;
            let told = format!(
                "seed {}, step {number}: {}, killed {kill}: {:#?}",
                self.seed, step.what, done.outcome
            );
            self.learn(&step, done.outcome.code, &told);
            proved_before = self.holds_true(proved_before, &told);
            let now = self::administrators(&self.world.mac());
            assert!(
                now.is_subset(&administrators),
                "{told}\nan administrator too many"
            );
        }
    }

    fn step(&mut self, number: u32) -> Step {
        let name = *self.draw.pick(&["ada", "abe", "ben", "cleo", "stan", "_bestow"]);
        let granter = *self.draw.pick(&["ada", "abe"]);
        let plain = |action: Action| Step {
            order: order_of(&action),
            what: action.in_words(),
            gives: None,
            promotes: None,
        };
        let ordered = |order: Order, what: String| Step {
            order,
            what,
            gives: None,
            promotes: None,
        };
        let (kind, coin, somebody_mistypes) = (self.draw.below(17), self.draw.one_in(2), self.draw.one_in(8));
        let password = |name| match somebody_mistypes {
            true => "mistyped".to_owned(),
            false => self.passwords.get(name).cloned().unwrap_or_default(),
        };
        let new = format!("walk {number} of {}", self.seed);
        match kind {
            0 | 1 => Step {
                promotes: Some(name),
                ..plain(promote(name))
            },
            2 | 3 => plain(demote(name, None)),
            4 | 5 => plain(disable(name, None)),
            6 | 7 => plain(unlock(name)),
            8 | 9 => plain(delete(name, None)),
            10 => {
                let grant = order_between((granter, &password(granter)), (name, &password(name)));
                ordered(grant, format!("grant from {granter} to {name}"))
            }
            11 => match coin {
                true => ordered(remove(None), "remove the service account".to_owned()),
                false => ordered(rotate(), "rotate".to_owned()),
            },
            12 => ordered(create_by(&password("ada")), "make the service account".to_owned()),
            13 => ordered(adopt(name, &password(name)), format!("adopt {name}")),
            14 => Step {
                gives: Some((name, new.clone())),
                ..ordered(
                    change_password(name, &password(name), &new),
                    format!("change the password of {name}"),
                )
            },
            _ => Step {
                gives: Some((name, new.clone())),
                ..ordered(
                    reset_password((granter, &password(granter)), name, &new),
                    format!("reset the password of {name} by {granter}"),
                )
            },
        }
    }

    /// A password is given exactly when that is said, and a token stays with it.
    fn learn(&mut self, step: &Step, code: Code, told: &str) {
        let Some((name, new)) = &step.gives else { return };
        let mac = self.world.mac();
        let is_given = mac.directory.user(name).is_some_and(|user| user.accepts(new));
        let is_said = matches!(code, Code::PasswordChanged | Code::PasswordReset);
        assert_eq!(is_said, is_given, "{told}\nwhat is said is not so");
        if is_given {
            let user = mac.directory.user(name).unwrap();
            let holds = mac.is_holder(user);
            assert!(
                !holds || mac.disk_knows_the_password(user),
                "{told}\nthe disk was left behind"
            );
            self.passwords.insert(name, new.clone());
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

fn administrators(mac: &Mac) -> BTreeSet<String> {
    let users = mac.directory.users.iter();
    let is_persons = |name: &String| name != "_bestow" && name != "root";
    let names = users
        .filter(|user| mac.directory.is_admin(user))
        .map(|user| user.name().to_owned());
    names.filter(is_persons).collect()
}

const PASSWORDS: [(&str, &str); 5] = [
    ("ada", ADA),
    ("ben", BEN),
    ("abe", "abe-pass"),
    ("cleo", "cleo-pass"),
    ("stan", "stan-pass"),
];
