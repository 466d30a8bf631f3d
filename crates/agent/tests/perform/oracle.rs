//! What must be true of an action on a random Mac, whatever runs the tools: it is predicted, and the report is the truth.

use std::time::Duration;

use agent::clock::Clock;
use macsim::model::effects::{EffectCounts, Effects};
use macsim::model::mac::Mac;
use macsim::model::random::Random;
use macsim::scenario::{Account, ScenarioMac};
use trust::action::{AccountRole, Action, ActionState, CreateAccount, GrantSecureToken, SecretRole};
use trust::code::Code;
use trust::observation::Observation;
use trust::outcome::Outcome;
use trust::plan::{Knowledge, Plan, Situation};
use trust::preboot::predicted_list;
use trust::time::Timestamp;

/// When everything happens.
pub const NOW: Timestamp = Timestamp(1_790_000_000_000);

/// A clock that stands still.
pub struct Still;

impl Clock for Still {
    fn now(&self) -> Timestamp {
        NOW
    }

    fn wait(&self, _: Duration) {}
}

/// One action to try on one Mac: its accounts with the passwords that are given for them.
pub struct Attempt {
    pub action: Action,
    administrator: (String, String),
    target: (String, String),
}

impl Attempt {
    /// The passwords that the action takes: the administrator's, if it has one, and the target's.
    pub fn passwords(&self) -> (Option<&str>, &str) {
        let needs = self.action.secret_roles().contains(&SecretRole::Administrator);
        (needs.then_some(self.administrator.1.as_str()), &self.target.1)
    }
}

/// Compares an end with what was foreseen from `observation`, and the report with the truth.
pub fn check(
    seed: u64,
    attempt: &Attempt,
    observation: &Observation,
    outcome: &Outcome,
    (before, after): (&Mac, &Mac),
    lying: bool,
) {
    start_up_screen_is_predicted(seed, observation, before);
    let servers = plan(attempt, observation, Knowledge::NONE);
    let agents = plan(attempt, observation, truth(attempt, before));
    let code = outcome.code;
    let explained = || {
        format!(
            "seed {seed}: {code}\nplan: {:#?}\nevidence: {:#?}",
            servers.rows, outcome.evidence
        )
    };
    assert!(
        servers.outcomes.contains(&code) || (lying && servers.mishaps.contains(&code)),
        "the server's plan did not foresee it; {}",
        explained()
    );
    if !lying && let Some(predicted) = agents.only_outcome() {
        assert_eq!(predicted, code, "the agent's plan was wrong; {}", explained());
    }
    report_is_true(outcome, attempt, before, after, &explained);
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
        password_policy: Some(mac.password_policy.allows(&attempt.target.1)),
        ..Knowledge::NONE
    }
}

/// Mostly a holder who hands on to somebody who holds none; sometimes anybody, nobody, or a wrong password.
pub fn attempt(scenario: &ScenarioMac, draw: &mut Random) -> Attempt {
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
        let action = Action::GrantSecureToken(GrantSecureToken {
            administrator: administrator.0.parse().unwrap(),
            target: target.0.parse().unwrap(),
            promote_administrator: promote,
        });
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

/// Whether the simulator itself says that `name` holds a token that works with `password`.
pub fn truly_holds(mac: &Mac, name: &str, password: &str) -> bool {
    let user = mac.directory.user(name).unwrap();
    mac.is_holder(user) && mac.volume.unlock(user.guid(), password).is_some()
}

/// How often `name` became a holder on this Mac.
pub fn grants_of(mac: &Mac, name: &str) -> u32 {
    mac.effects.accounts.get(name).map_or(0, |counts| counts.granted)
}
