//! What is predicted comes about, on thousands of random Macs; and what is reported is true, also when tools lie.
//!
//! A failure names its seed. `BESTOW_SEEDS=4711..4712` replays one.

use std::ops::Range;
use std::sync::atomic::AtomicBool;

use agent::journal::Stage;
use agent::observe::{Freshness, Observer};
use macsim::model::clock::UnixMillis;
use macsim::model::effects::{EffectCounts, Effects};
use macsim::model::knobs::Lie;
use macsim::model::mac::Mac;
use macsim::model::random::Random;
use macsim::scenario::{Account, ScenarioMac, random_mac};
use trust::action::{AccountRole, Action, ActionState, CreateAccount, SecretRole};
use trust::code::Code;
use trust::observation::Observation;
use trust::outcome::Outcome;
use trust::plan::{Knowledge, Plan, Situation};
use trust::preboot::predicted_list;

use crate::macs::{NOW, Still, grant_action, grants_of, order_for, truly_holds};
use crate::runner::SimRunner;

const SEEDS: Range<u64> = 0..10_000;

/// One action to try on one Mac: its accounts with the passwords that are given for them.
struct Attempt {
    action: Action,
    administrator: (String, String),
    target: (String, String),
}

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
        ] {
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
    let mut draw = Random::new(seed ^ 0x5EED);
    let mut scenario = random_mac(seed, UnixMillis(NOW.0 - 3_600_000));
    if draw.one_in(10) {
        scenario.mac.knobs.lie = Lie::Always;
    }
    let lies_about_grants = draw.one_in(10);
    scenario.mac.knobs.stdin_passwords = !draw.one_in(4);
    let attempt = attempt(&scenario, &mut draw);
    let before = scenario.mac.clone();

    let mut runner = SimRunner::new(scenario.mac, UnixMillis(NOW.0));
    if lies_about_grants {
        runner = runner.lie_about("-secureTokenOn");
    }
    let observation = Observer::forgetful().look(&runner, &Still, Freshness::Now);
    start_up_screen_is_predicted(seed, &observation, &before);
    let servers = plan(&attempt, &observation, Knowledge::NONE);
    let agents = plan(&attempt, &observation, truth(&attempt, &before));

    let needs = attempt.action.secret_roles().contains(&SecretRole::Administrator);
    let administrator = needs.then_some(attempt.administrator.1.as_str());
    let order = order_for(attempt.action.clone(), administrator, &attempt.target.1);
    let outcome = order
        .carry_out(&runner, Stage::Started, &AtomicBool::new(false))
        .outcome;
    let after = runner.mac();

    let code = outcome.code;
    let explained = || {
        format!(
            "seed {seed}: {code}\nplan: {:#?}\nevidence: {:#?}",
            servers.rows, outcome.evidence
        )
    };
    let lying = lies_about_grants || before.knobs.lie != Lie::Never;
    assert!(
        servers.outcomes.contains(&code) || (lying && servers.mishaps.contains(&code)),
        "the server's plan did not foresee it; {}",
        explained()
    );
    if !lying && let Some(predicted) = agents.only_outcome() {
        assert_eq!(predicted, code, "the agent's plan was wrong; {}", explained());
    }
    report_is_true(&outcome, &attempt, &before, &after, &explained);
    code
}

/// Whatever the tools said, the report agrees with the simulator's own truth.
fn report_is_true(
    outcome: &Outcome,
    attempt: &Attempt,
    before: &Mac,
    after: &Mac,
    explained: &dyn Fn() -> String,
) {
    let (target, password) = (&attempt.target.0, &attempt.target.1);
    let new_grants = grants_of(after, target) - grants_of(before, target);
    match outcome.code {
        Code::Granted => {
            assert!(truly_holds(after, target, password), "{}", explained());
            assert_eq!(new_grants, 1, "{}", explained());
            assert!(outcome.edge.is_some(), "{}", explained());
        }
        Code::AccountCreated => {
            let user = after.directory.user(target).unwrap();
            assert!(user.accepts(password), "{}", explained());
        }
        Code::CreatedWithToken => {
            assert!(truly_holds(after, target, password), "{}", explained());
            assert_eq!(new_grants, 1, "{}", explained());
        }
        Code::CreatedWithoutToken => {
            assert!(!truly_holds(after, target, password), "{}", explained());
            assert!(
                after.directory.user(target).unwrap().accepts(password),
                "{}",
                explained()
            );
        }
        Code::AlreadyGranted => {
            let user = after.directory.user(target).unwrap();
            assert!(after.is_holder(user), "{}", explained());
            assert_eq!(new_grants, 0, "{}", explained());
        }
        _ => {
            assert_eq!(new_grants, 0, "{}", explained());
            assert!(outcome.edge.is_none(), "{}", explained());
        }
    }
    if outcome.state() == ActionState::Refused {
        assert_eq!(
            changes(before),
            changes(after),
            "a refusal changed the Mac; {}",
            explained()
        );
    }
    for (name, counts) in &after.effects.accounts {
        assert!(
            counts.failed_logins <= 1,
            "{name}'s password was tried again; {}",
            explained()
        );
        assert!(
            counts.failed_unlocks <= 1,
            "{name}'s disk password was tried again; {}",
            explained()
        );
    }
}

/// What happened on a Mac, without the passwords that were refused.
fn changes(mac: &Mac) -> Effects {
    let mut effects = mac.effects.clone();
    for counts in effects.accounts.values_mut() {
        (counts.failed_logins, counts.failed_unlocks) = (0, 0);
    }
    effects
        .accounts
        .retain(|_, counts| *counts != EffectCounts::default());
    effects
}

fn start_up_screen_is_predicted(seed: u64, observation: &Observation, mac: &Mac) {
    if !mac.has_secure_tokens() || !mac.filevault.is_on() {
        return;
    }
    let mut refreshed = mac.clone();
    macsim::rules::preboot::update_preboot(&mut refreshed);
    let mut shown: Vec<&str> = refreshed.preboot.iter().map(|user| user.name.as_str()).collect();
    shown.sort_unstable();
    let predicted = predicted_list(observation).unwrap();
    let predicted: Vec<&str> = predicted
        .iter()
        .map(|account| account.record_name.as_str())
        .collect();
    assert_eq!(predicted, shown, "seed {seed}: the start-up screen shows others");
}

fn plan(attempt: &Attempt, observation: &Observation, knowledge: Knowledge) -> Plan {
    let situation = Situation {
        observation: Some(observation),
        online: true,
        knowledge,
    };
    Plan::for_action(&attempt.action, &situation)
}

/// What trying the passwords would show, asked of the simulator's model instead.
fn truth(attempt: &Attempt, mac: &Mac) -> Knowledge {
    let local =
        |(name, password): &(String, String)| mac.directory.user(name).map(|user| user.accepts(password));
    let disk = |(name, password): &(String, String)| {
        let user = mac.directory.user(name)?;
        Some(mac.volume.unlock(user.guid(), password).is_some())
    };
    Knowledge {
        administrator_local: local(&attempt.administrator),
        administrator_disk: disk(&attempt.administrator),
        target_local: local(&attempt.target),
        full_disk_access: Some(mac.knobs.full_disk_access),
    }
}

/// Mostly a holder who hands on to somebody who holds none; sometimes anybody, nobody, or a wrong password.
fn attempt(scenario: &ScenarioMac, draw: &mut Random) -> Attempt {
    let is_holder = |account: &&Account| {
        scenario
            .mac
            .directory
            .user(&account.name)
            .is_some_and(|user| scenario.mac.is_holder(user))
    };
    let (holders, others): (Vec<&Account>, Vec<&Account>) = scenario.accounts.iter().partition(is_holder);
    let all: Vec<&Account> = scenario.accounts.iter().collect();
    let mut party = |wanted: &[&Account], nobody: &str| {
        let wanted = if wanted.is_empty() || draw.one_in(4) {
            &all[..]
        } else {
            wanted
        };
        let (name, password) = match wanted {
            [_, ..] if !draw.one_in(16) => {
                let account = draw.pick(wanted);
                (account.name.clone(), account.password.clone())
            }
            _ => (nobody.to_owned(), "none".to_owned()),
        };
        (
            name,
            if draw.one_in(6) {
                "wrong".to_owned()
            } else {
                password
            },
        )
    };
    let (administrator, target) = (party(&holders, "nobody_1"), party(&others, "nobody_2"));
    let promote = draw.one_in(3);
    if !draw.one_in(4) {
        let action = grant_action(&administrator.0, &target.0, promote);
        return Attempt {
            action,
            administrator,
            target,
        };
    }
    let target = match draw.one_in(8) {
        true => target,
        false => ("zed".to_owned(), "Zed's own \"pass\" 7".to_owned()),
    };
    let action = Action::CreateAccount(CreateAccount {
        target: target.0.parse().unwrap(),
        full_name: "Zed O'Hara 🌸".parse().unwrap(),
        role: if draw.one_in(2) {
            AccountRole::Standard
        } else {
            AccountRole::Administrator
        },
        hidden: draw.one_in(4),
        administrator: (!draw.one_in(4)).then(|| administrator.0.parse().unwrap()),
        promote_administrator: promote,
    });
    Attempt {
        action,
        administrator,
        target,
    }
}
