//! One walk.

use std::cell::Cell;
use std::collections::BTreeMap;

use macsim::model::clock::UnixMillis;
use macsim::model::mac::Mac;
use macsim::model::random::Random;
use macsim::rules::change_password::change_password;
use macsim::rules::inject_hash::inject_hash;
use macsim::rules::login::over_ssh;
use macsim::rules::refusal::{Circumstances, Credentials};
use macsim::rules::revoke::expel;
use macsim::scenario::{Situation, random_policy};
use serde_json::Value;

use crate::agent::Watched;
use crate::crash::{Crash, Met};
use crate::support::http::Raw;
use crate::support::plugin::{login, macsim, site};
use crate::support::site::Site;
use crate::support::wait;
use crate::truth::{NAME, Truth};

const STEPS: u32 = 8;

/// How an order about somebody's account ends well.
const ACCOUNT_CHANGED: &[&str] = &[
    "account_promoted",
    "account_demoted",
    "account_disabled",
    "account_unlocked",
    "account_deleted",
    "password_changed",
    "password_reset",
    "created_with_token",
    "account_adopted",
];

/// What a step may do.
#[derive(Debug, Clone, Copy, Default)]
pub struct Allowed {
    /// Whose new password is tried, which is wrong as long as it is not set.
    pub given: Option<&'static str>,
    /// Who may be an administrator afterwards.
    pub promoted: Option<&'static str>,
}

/// What came of a walk.
#[derive(Debug, Default)]
pub struct Walked {
    /// Ends at which the service account was whole.
    pub whole: u32,
    /// Agents that were killed while a tool of theirs worked.
    pub agents_killed: u32,
    /// Tools that were killed.
    pub tools_killed: u32,
    /// Orders that were carried out.
    pub orders_ended: u32,
    /// Those that changed somebody's account.
    pub accounts_changed: u32,
    /// Those that were refused because they would have cut the chain.
    pub guarded: u32,
}

pub struct Walk {
    pub(super) draw: Random,
    pub(super) site: Site,
    agent: Watched,
    /// The passwords of people.
    pub(super) passwords: BTreeMap<&'static str, String>,
    pub(super) device: String,
    /// A stranger has meddled with the service account: what the agent keeps need not fit any more.
    tampered: bool,
    before: Truth,
    /// What the present step may do.
    pub(super) allowed: Allowed,
    changed_passwords: u32,
    pub(super) given_passwords: u32,
    walked: Walked,
}

impl Walk {
    pub fn new(seed: u64) -> Self {
        let mut draw = Random::new(seed ^ 0x5741_4C4B);
        let situation = *draw.pick(&[
            Situation::FileVaultOff,
            Situation::FileVaultOff,
            Situation::Healthy,
            Situation::StandardHolderOnly,
        ]);
        let mut site = site(situation, seed, "info,agent=debug");
        if draw.one_in(2) {
            site.run(&["policy", "promote-administrators", "on"]).with_exit(0);
        }
        let passwords = ["ada", "ben"].map(|name| (name, site.mac.password(name).to_owned()));
        let agent = Watched::start(&mut site);
        let devices = site.run(&["devices", "--json"]).with_exit(0).json();
        Self {
            draw,
            agent,
            passwords: BTreeMap::from(passwords),
            device: devices["items"][0]["id"].as_str().unwrap().to_owned(),
            tampered: false,
            before: Truth::of(&site),
            allowed: Allowed::default(),
            site,
            changed_passwords: 0,
            given_passwords: 0,
            walked: Walked::default(),
        }
    }

    /// Goes the whole way, and tells each step.
    pub fn run(mut self, told: &mut Vec<String>) -> Walked {
        for step in 0..STEPS {
            self.before = Truth::of(&self.site);
            self.allowed = Allowed::default();
            let what = format!("step {step}: {}", self.step());
            told.push(what.clone());
            self.holds_true(&what);
        }
        self.walked.whole = u32::from(self.ends_well());
        self.walked
    }

    fn step(&mut self) -> String {
        match self.draw.below(20) {
            0..=3 => self.log_in(),
            4 => self.service_account(&["create", "--administrator", "ada", "--password-stdin"]),
            5 => self.service_account(&["rotate"]),
            6 => self.service_account(&["repair", "--administrator", "ada", "--password-stdin"]),
            7 => self.service_account(&["remove"]),
            8 => self.password_policy(),
            9 => self.restart_the_mac(),
            10 => self.restart_the_server(),
            11 => self.somebody_changes_their_password(),
            12 => self.a_stranger_meddles(),
            13 => self.strangers_guess(),
            _ => self.look_after_an_account(),
        }
    }

    /// Orders something of the service account.
    fn service_account(&mut self, verb: &[&str]) -> String {
        let (device, ada) = (self.device.clone(), self.passwords["ada"].clone());
        self.order(&[&["service-account", device.as_str()], verb].concat(), &ada)
    }

    fn log_in(&mut self) -> String {
        let who = *self.draw.pick(&["ada", "ben"]);
        let password = self.passwords[who].clone();
        let at_the_screen = |site: &mut Site| login(site, who, &password).exit == 0;
        let crash = self.crash();
        let agent = self.agent.told_of_one_more();
        let (met, came_in) = match &crash {
            None => (Met::Never, at_the_screen(&mut self.site)),
            Some(crash) => crash.strike(&mut self.site, at_the_screen, |site, came_in| {
                !came_in || agent.is_idle(site)
            }),
        };
        self.count(met);
        match met {
            Met::Agent => self.start_agent(),
            Met::Never | Met::Tool if came_in => {
                self.agent = agent;
                self.agent.wait_until_idle(&self.site);
            }
            Met::Never | Met::Tool => {}
        }
        format!("login of {who}: {came_in}, {crash:?}: {met:?}")
    }

    /// Orders something. The server refuses what its plan does not allow.
    pub(super) fn order(&mut self, verb: &[&str], input: &str) -> String {
        let crash = self.crash();
        let args = [verb, &["--no-wait", "--json"]].concat();
        let is_guarded = Cell::new(false);
        let send = |site: &mut Site| {
            let said = site.run_with(&args, &format!("{input}\n"));
            let guards = ["last_holder", "last_administrator"];
            is_guarded.set(said.exit == 2 && guards.iter().any(|code| said.out.contains(code)));
            let sent = (said.exit == 0).then(|| said.json());
            sent.and_then(|sent| sent["id"].as_str().map(str::to_owned))
        };
        let (met, id) = match &crash {
            None => (Met::Never, send(&mut self.site)),
            Some(crash) => crash.strike(&mut self.site, send, |site, id| {
                id.as_ref().is_none_or(|id| end_of(site, id).is_some())
            }),
        };
        self.count(met);
        if met == Met::Agent {
            self.start_agent();
        }
        let end = id.map(|id| wait::until("an order to end", || end_of(&self.site, &id)));
        self.walked.orders_ended += u32::from(end.is_some());
        self.walked.guarded += u32::from(is_guarded.get());
        let is_changed = end.as_deref().is_some_and(|end| ACCOUNT_CHANGED.contains(&end));
        self.walked.accounts_changed += u32::from(is_changed);
        format!("order {verb:?}: {end:?}, {crash:?}: {met:?}")
    }

    fn password_policy(&mut self) -> String {
        let policy = random_policy(&mut self.draw);
        let limit = (!self.draw.one_in(3)).then(|| 3 + u32::try_from(self.draw.below(6)).unwrap());
        self.change(|mac, _| {
            mac.password_policy.demands.clone_from(&policy.demands);
            mac.password_policy.max_failed_logins = limit;
        });
        format!("a password policy with a limit of {limit:?}")
    }

    fn restart_the_mac(&mut self) -> String {
        self.site.mac.stop_agent();
        macsim(&self.site, &["reboot"], "").with_exit(0);
        self.start_agent();
        "the Mac starts again".to_owned()
    }

    fn restart_the_server(&mut self) -> String {
        self.site.server.kill();
        self.site.server.start();
        self.restart_agent();
        "the server is killed, and starts again".to_owned()
    }

    fn somebody_changes_their_password(&mut self) -> String {
        self.changed_passwords += 1;
        let who = *self.draw.pick(&["ada", "ben"]);
        let (old, new) = (
            self.passwords[who].clone(),
            format!("Another-{}-passphrase!", self.changed_passwords),
        );
        let changed = self.change(|mac, at| change_password(mac, who, &old, &new, at).is_ok());
        if changed {
            self.passwords.insert(who, new);
        }
        format!("{who} changes the password: {changed}")
    }

    fn a_stranger_meddles(&mut self) -> String {
        let way = self.draw.below(4);
        let done = self.change(|mac, at| {
            if mac.directory.user(NAME).is_none() {
                return false;
            }
            let password = "a stranger's 1";
            match way {
                0 | 1 => inject_hash(mac, Credentials { name: NAME, password }, at).is_ok(),
                2 if mac.holders().count() > 1 => {
                    expel(mac, NAME);
                    true
                }
                3 => {
                    mac.directory.remove_member("admin", NAME);
                    true
                }
                _ => false,
            }
        });
        self.tampered |= done;
        self.before = Truth::of(&self.site);
        self.restart_agent();
        format!("a stranger meddles in way {way}: {done}")
    }

    fn strangers_guess(&mut self) -> String {
        let times = 1 + self.draw.below(5);
        self.change(|mac, at| {
            let wrong = Credentials {
                name: NAME,
                password: "a guess",
            };
            for _ in 0..times {
                assert!(over_ssh(mac, wrong, at).is_err());
            }
        });
        self.before = Truth::of(&self.site);
        self.restart_agent();
        format!("strangers guess {times} times")
    }

    /// What must hold whatever happened.
    fn holds_true(&mut self, told: &str) {
        let now = Truth::of(&self.site);
        now.chain_holds(&self.before, told);
        now.nobody_is_locked_out(&self.before, self.allowed.given, told);
        self.nobody_is_promoted(&now, told);
        let opened = now.opens();
        if opened == (true, true) || now.service_account().is_none() {
            self.tampered = false;
        }
        if now.service_account() == Some(true) && opened != (true, true) {
            assert!(self.tampered, "{told}: the password is lost: {opened:?}");
            self.is_declared(told);
        }
    }

    /// Nobody became an administrator but by the order that says so. Where the demotion of one who was for a moment was cut off,
    /// that is a finding, and the next agent demotes first.
    fn nobody_is_promoted(&mut self, now: &Truth, told: &str) {
        let too_many = now.promoted_unasked(&self.before, self.allowed.promoted);
        if too_many.is_empty() {
            return;
        }
        let findings = format!("/api/v1/devices/{}/findings", self.device);
        wait::until("the demotion that is left to be a finding", || {
            let found = get(&self.site, &findings).to_string();
            found.contains("demotion_unproved").then_some(())
        });
        self.restart_agent();
        let left = Truth::of(&self.site).promoted_unasked(&self.before, self.allowed.promoted);
        assert!(left.is_empty(), "{told}: {left:?} became administrators");
    }

    /// The server says that something is amiss, and what repairs it.
    fn is_declared(&self, told: &str) {
        let seen = wait::until("the server to say that something is amiss", || {
            let seen = self.at_server();
            (seen["status"] != "valid").then_some(seen)
        });
        if seen["status"] == "invalid" {
            let ladder = seen["ladder"].as_array().unwrap();
            let is_open = |rung: &Value| rung["closed"].is_null();
            assert!(ladder.iter().any(is_open), "{told}: no way out in {seen}");
        }
    }

    /// Once nothing stands in the way any more, a holder's login makes the account whole.
    fn ends_well(&mut self) -> bool {
        self.change(|mac, _| {
            mac.password_policy.demands.clear();
            mac.password_policy.max_failed_logins = None;
        });
        self.restart_the_mac();
        let truth = Truth::of(&self.site);
        let able = |name: &&&str| {
            let user = truth.mac.directory.user(name);
            user.is_some_and(|user| {
                !user.is_disabled()
                    && truth.mac.disk_knows_the_password(user)
                    && truth.mac.directory.is_admin(user)
            })
        };
        let holder = ["ada", "ben", "cleo"].iter().find(able).copied();
        if let Some(holder) = holder {
            let password = self.passwords[holder].clone();
            login(&self.site, holder, &password).with_exit(0);
            self.agent = self.agent.told_of_one_more();
            self.agent.wait_until_idle(&self.site);
            let now = Truth::of(&self.site);
            assert!(now.is_whole(), "the end: it is not whole: {}", self.at_server());
            wait::until("the server to say that the service account is valid", || {
                (self.at_server()["status"] == "valid").then_some(())
            });
        }
        holder.is_some()
    }

    fn count(&mut self, met: Met) {
        self.walked.agents_killed += u32::from(met == Met::Agent);
        self.walked.tools_killed += u32::from(met == Met::Tool);
    }

    fn crash(&mut self) -> Option<Crash> {
        (!self.draw.one_in(3)).then(|| Crash::draw(&mut self.draw))
    }

    fn start_agent(&mut self) {
        self.agent = Watched::start(&mut self.site);
    }

    fn restart_agent(&mut self) {
        self.site.mac.stop_agent();
        self.start_agent();
    }

    /// Does something to the Mac behind everybody's back.
    fn change<T>(&self, apply: impl FnOnce(&mut Mac, Circumstances) -> T) -> T {
        let at = Circumstances { now: now() };
        self.site.mac.home.change(|mac| apply(mac, at)).unwrap()
    }

    /// What the server says of the service account.
    fn at_server(&self) -> Value {
        get(
            &self.site,
            &format!("/api/v1/devices/{}/service-account", self.device),
        )
    }
}

/// The code with which an order has ended; `None` while it has not.
fn end_of(site: &Site, id: &str) -> Option<String> {
    let action = get(site, &format!("/api/v1/actions/{id}"));
    action["code"].as_str().map(str::to_owned)
}

fn get(site: &Site, path: &str) -> Value {
    let token = std::fs::read_to_string(site.server.token_file()).unwrap();
    let header = format!("authorization: Bearer {}", token.trim());
    let answer = Raw::ask(site.server.address(), "GET", path, &[header], "").text();
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    serde_json::from_str(body).unwrap_or_else(|error| panic!("{error} in {answer}"))
}

#[expect(clippy::disallowed_methods, reason = "what happens to the Mac happens now")]
fn now() -> UnixMillis {
    UnixMillis(jiff::Timestamp::now().as_millisecond())
}
