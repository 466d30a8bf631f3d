//! On random policies: no password that is made is refused by the simulator's own rules, what is judged is judged as
//! the simulator judges, and where it is said that no password will do, none does.
//!
//! A failure names its policy and its seed. `BESTOW_POLICIES=17..18` replays one policy, `BESTOW_DRAWS=10000` draws so many
//! passwords from each. The whole is 200 policies and 10,000 draws.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::ops::Range;

use agent::password_policy::of_all_accounts;
use macsim::model::clock::UnixMillis;
use macsim::model::mac::Mac;
use macsim::model::password_policy::{DemandOrigin, PasswordDemand, PasswordPolicy};
use macsim::model::random::Random;
use macsim::scenario::random_policy;
use password_policy::{CannotGenerate, Conflict, Generator, Policy, Rule, Subject, Verdict};
use rand_core::{TryCryptoRng, TryRng};
use secrecy::{ExposeSecret as _, SecretString};
use simrunner::SimRunner;

use crate::macs::factory;
use crate::oracle::NOW;

const SUBJECT: Subject<'static> = Subject {
    record_name: "_bestow",
    before: None,
};

#[test]
fn no_password_is_refused_and_every_conflict_is_real() {
    let (policies, draws) = (range("BESTOW_POLICIES", 0..200), number("BESTOW_DRAWS", 200));
    let mut ends = BTreeMap::<&str, u64>::new();
    for seed in policies.clone() {
        let simulated = random_policy(&mut Random::new(seed));
        let policy = as_read(&simulated);
        let made = match policy.generator(SUBJECT) {
            Ok(generator) => passwords_are_taken(seed, &simulated, &generator, draws),
            Err(CannotGenerate::Conflict(conflict)) => {
                conflict_is_real(seed, &simulated, &conflict);
                "no password will do, as is true"
            }
            Err(other) => panic!("policy {seed}: {other}\n{:#?}", simulated.demands),
        };
        judgements_are_the_simulators(seed, &simulated, &policy);
        *ends.entry(made).or_default() += 1;
    }
    println!("policies {policies:?}, {draws} draws from each: {ends:#?}");
    if policies == (0..200) {
        assert!(ends.len() >= 2, "the policies are too much alike");
    }
}

/// The policy as the agent reads it from the tool.
fn as_read(simulated: &PasswordPolicy) -> Policy {
    let mut mac: Mac = factory((15, 2), macsim::model::volume::FileSystem::Apfs);
    mac.password_policy = simulated.clone();
    of_all_accounts(&SimRunner::new(mac, UnixMillis(NOW.0))).unwrap()
}

fn passwords_are_taken(
    seed: u64,
    simulated: &PasswordPolicy,
    generator: &Generator<'_>,
    draws: u64,
) -> &'static str {
    for draw in 0..draws {
        let generated = generator
            .draw(&mut Seeded(Random::new(draw)))
            .unwrap_or_else(|error| panic!("policy {seed}, draw {draw}: {error}\n{:#?}", simulated.demands));
        let password = generated.password.expose_secret();
        let refused = refused_by(simulated, password);
        assert!(
            refused.is_empty(),
            "policy {seed}, draw {draw}: {password} is refused by {refused:#?}"
        );
        assert!(
            password.len() <= 127
                && password
                    .chars()
                    .all(|sign| sign.is_ascii_graphic() && !"'\"`\\".contains(sign)),
            "policy {seed}, draw {draw}: {password} is not for prompts"
        );
        for (rule, doubt) in &generated.doubtful {
            assert!(
                rule.words().contains("policyAttributeMinimumLifetimeHours"),
                "policy {seed}, draw {draw}: cannot tell about {rule}: {doubt:?}"
            );
        }
    }
    "passwords are made and taken"
}

/// Each rule of a conflict is needed: without it a password is found, and that one the rule itself refuses.
fn conflict_is_real(seed: u64, simulated: &PasswordPolicy, conflict: &Conflict) {
    let named: Vec<_> = conflict
        .rules
        .iter()
        .map(|rule| {
            demand_of(simulated, rule).unwrap_or_else(|| panic!("policy {seed}: {rule} is no demand"))
        })
        .collect();
    for (left_out, _) in &named {
        let others: Vec<_> = named
            .iter()
            .filter(|(other, _)| other != left_out)
            .cloned()
            .collect();
        let fewer = PasswordPolicy {
            demands: others,
            ..PasswordPolicy::default()
        };
        let policy = as_read(&fewer);
        let generator = policy
            .generator(SUBJECT)
            .unwrap_or_else(|error| panic!("policy {seed}, without {left_out:?}: {error}"));
        for draw in 0..20 {
            let generated = generator.draw(&mut Seeded(Random::new(draw))).unwrap();
            let password = generated.password.expose_secret();
            assert_eq!(
                refused_by(&fewer, password),
                Vec::<&PasswordDemand>::new(),
                "policy {seed}"
            );
            assert!(
                !left_out.is_met(password),
                "policy {seed}: {password} satisfies all of {named:#?}, which were said to leave none"
            );
        }
    }
}

/// Passwords that nobody made for this policy: what is said of them agrees with the simulator, as far as it is said.
fn judgements_are_the_simulators(seed: u64, simulated: &PasswordPolicy, policy: &Policy) {
    let mut draw = Random::new(seed ^ 0xABCD);
    for _ in 0..40 {
        let length = draw.below(40);
        let signs = *draw.pick(&[
            &b"abcXYZ0123!# -"[..],
            b"aB3$",
            b"0123456789",
            b"abcdefghijklmnopqrstuvwxyzABCDEF-_1",
        ]);
        let password: String = (0..length).map(|_| char::from(*draw.pick(signs))).collect();
        let evaluation = policy.evaluate(&SecretString::from(password.as_str()), SUBJECT);
        for (rule, verdict) in evaluation.judgements() {
            let Some((demand, _)) = demand_of(simulated, rule) else {
                continue;
            };
            let expected = if demand.is_met(&password) {
                Verdict::Met
            } else {
                Verdict::Violated
            };
            assert!(
                *verdict == expected || matches!(verdict, Verdict::CannotTell(_)),
                "policy {seed}: {rule} says {verdict:?} to {password:?}, the simulator says {expected:?}: {demand:?}"
            );
        }
    }
}

/// The demand that a rule was made of, by the profile in its identifier.
fn demand_of(simulated: &PasswordPolicy, rule: &Rule) -> Option<(PasswordDemand, DemandOrigin)> {
    let identifier = rule.identifier()?;
    let made_it = |origin: &DemandOrigin| match origin {
        DemandOrigin::Profile(uuid) => identifier.contains(uuid),
        DemandOrigin::BuiltIn => identifier == "com.apple.defaultpasswordpolicy.fde",
        DemandOrigin::Local => false,
    };
    let found = simulated.demands.iter().find(|(_, origin)| made_it(origin));
    found.cloned()
}

fn refused_by<'a>(simulated: &'a PasswordPolicy, password: &str) -> Vec<&'a PasswordDemand> {
    let demands = simulated.demands.iter().map(|(demand, _)| demand);
    demands.filter(|demand| !demand.is_met(password)).collect()
}

fn range(name: &str, usual: Range<u64>) -> Range<u64> {
    let Ok(text) = std::env::var(name) else {
        return usual;
    };
    let (start, end) = text.split_once("..").unwrap();
    start.parse().unwrap()..end.parse().unwrap()
}

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).map_or(usual, |text| text.parse().unwrap())
}

/// The simulator's own generator in the place of the system's: a seed always gives the same password.
struct Seeded(Random);

impl TryRng for Seeded {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok((self.0.next_u64() >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.0.next_u64())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        bytes.fill_with(|| self.0.next_u64() as u8);
        Ok(())
    }
}

impl TryCryptoRng for Seeded {}
