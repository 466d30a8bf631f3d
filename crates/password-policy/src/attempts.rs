//! How many wrong passwords an account survives, and how many of these an automaton may spend.

use crate::policy::Policy;
use crate::predicate::Facts;
use crate::rule::{Category, Rule};
use crate::verdict::Truth;

/// More wrong passwords than any rule counts to.
const MOST: u32 = 1_000;
/// Longer than any account stays locked: a hundred years, in seconds.
const LONGEST_LOCK_S: i64 = 100 * 365 * 24 * 60 * 60;

/// How many wrong passwords in a row an account survives.
#[derive(Debug, Clone)]
pub enum AttemptLimit<'p> {
    /// No rule counts them.
    None,
    /// After so many the account is locked.
    Locks {
        /// After so many wrong passwords.
        after: u32,
        /// For so many seconds after the last of them; `None` when it does not open by itself.
        for_s: Option<u32>,
        /// The rule that counts strictest.
        rule: &'p Rule,
    },
    /// This rule may count them, and cannot be read.
    CannotTell(&'p Rule),
}

impl AttemptLimit<'_> {
    /// How many wrong passwords in a row a machine may cause by itself: two fewer than lock the account, and none where
    /// fewer than four lock it or where it cannot be told. `None` is without limit.
    pub fn machine_budget(&self) -> Option<u32> {
        match self {
            Self::None => None,
            Self::Locks { after, .. } if *after >= 4 => Some(after - 2),
            Self::Locks { .. } | Self::CannotTell(_) => Some(0),
        }
    }
}

impl Policy {
    /// How many wrong passwords in a row an account survives: the strictest of all rules, each asked what it would say
    /// after one wrong password, after two, and so on.
    pub fn attempt_limit(&self) -> AttemptLimit<'_> {
        let mut strictest = AttemptLimit::None;
        for rule in self.rules_about(Category::Authentication) {
            let limit = limit_of(rule);
            match (&strictest, &limit) {
                (_, AttemptLimit::CannotTell(_)) => return limit,
                (AttemptLimit::None, _) => strictest = limit,
                (
                    AttemptLimit::Locks { after, for_s, .. },
                    AttemptLimit::Locks {
                        after: other,
                        for_s: other_for_s,
                        ..
                    },
                ) => {
                    // Of two that count alike, the one that locks longer.
                    let longer = other_for_s.is_none() || for_s.is_some() && other_for_s > for_s;
                    if other < after || other == after && longer {
                        strictest = limit;
                    }
                }
                _ => {}
            }
        }
        strictest
    }
}

/// What is known of an account with so many failures, the last so long ago.
fn failed(failures: u32, since_s: i64) -> Facts<'static> {
    const LAST_FAILURE_S: f64 = 1_000_000_000.0;
    Facts {
        failures: Some(f64::from(failures)),
        last_failure: Some(LAST_FAILURE_S),
        now: Some(LAST_FAILURE_S + since_s as f64),
        ..Facts::default()
    }
}

fn limit_of(rule: &Rule) -> AttemptLimit<'_> {
    if !rule.may_ask_for("policyAttributeFailedAuthentications") {
        return AttemptLimit::None;
    }
    if rule.truth(&failed(0, 0)) == Truth::No {
        // It locks accounts out that nobody has tried: so it is not about that, or is written the wrong way round.
        return AttemptLimit::CannotTell(rule);
    }
    for failures in 0..=MOST {
        match rule.truth(&failed(failures, 0)) {
            Truth::Yes => {}
            Truth::No => {
                return AttemptLimit::Locks {
                    after: failures,
                    for_s: lock_of(rule, failures),
                    rule,
                };
            }
            Truth::Unknown(_) => return AttemptLimit::CannotTell(rule),
        }
    }
    AttemptLimit::None
}

/// For how many seconds the account stays locked.
fn lock_of(rule: &Rule, failures: u32) -> Option<u32> {
    let open = |since_s| rule.truth(&failed(failures, since_s)) == Truth::Yes;
    crate::search::first(0, LONGEST_LOCK_S, open).and_then(|seconds| u32::try_from(seconds).ok())
}
