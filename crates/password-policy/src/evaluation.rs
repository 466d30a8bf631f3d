//! What a policy says to one password.

use secrecy::{ExposeSecret as _, SecretString};

use crate::policy::Policy;
use crate::predicate::Facts;
use crate::rule::{Category, Rule};
use crate::verdict::{Doubt, Verdict};

/// The account whose password it is to be.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Its record name.
    pub record_name: &'a str,
    /// Its password so far; `None` for an account that is yet to be made.
    pub before: Option<Before>,
}

/// What is known of an account's password so far.
#[derive(Debug, Clone, Copy)]
pub struct Before {
    /// The time, in seconds since 1970.
    pub now_s: i64,
    /// When the password was last set, in seconds since 1970.
    pub password_set_at_s: Option<i64>,
}

impl<'a> Subject<'a> {
    /// An account that is yet to be made.
    pub fn new_account(record_name: &'a str) -> Self {
        Self {
            record_name,
            before: None,
        }
    }

    pub(crate) fn facts(self) -> Facts<'a> {
        Facts {
            record_name: Some(self.record_name),
            has_history: self.before.is_some(),
            now: self.before.map(|before| before.now_s as f64),
            last_password_change: self
                .before
                .and_then(|before| before.password_set_at_s)
                .map(|at| at as f64),
            ..Facts::default()
        }
    }
}

/// What a policy says to one password: each rule on what passwords must be like, with its verdict.
#[derive(Debug, Clone)]
pub struct Evaluation<'p> {
    judgements: Vec<(&'p Rule, Verdict)>,
}

impl Policy {
    /// Holds `password` against the rules on what a new password must be like.
    pub fn evaluate(&self, password: &SecretString, subject: Subject<'_>) -> Evaluation<'_> {
        self.evaluate_among(password.expose_secret(), subject.facts())
    }

    pub(crate) fn evaluate_among(&self, password: &str, facts: Facts<'_>) -> Evaluation<'_> {
        let printable = password.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        let facts = Facts {
            password: printable.then_some(password),
            ..facts
        };
        let judge = |rule: &Rule| match rule.verdict(&facts) {
            Verdict::CannotTell(Doubt::UnknownValue) if !printable => Verdict::CannotTell(Doubt::BeyondAscii),
            verdict => verdict,
        };
        let content = self.rules_about(Category::PasswordContent);
        Evaluation {
            judgements: content.map(|rule| (rule, judge(rule))).collect(),
        }
    }
}

impl<'p> Evaluation<'p> {
    /// Each rule with its verdict.
    pub fn judgements(&self) -> &[(&'p Rule, Verdict)] {
        &self.judgements
    }

    /// The rules that the password violates.
    pub fn violated(&self) -> impl Iterator<Item = &'p Rule> {
        let violated =
            |(rule, verdict): &(&'p Rule, Verdict)| (*verdict == Verdict::Violated).then_some(*rule);
        self.judgements.iter().filter_map(violated)
    }

    /// The rules that could not be held against it, each with the reason.
    pub fn doubtful(&self) -> impl Iterator<Item = (&'p Rule, Doubt)> {
        self.judgements
            .iter()
            .filter_map(|(rule, verdict)| match verdict {
                Verdict::CannotTell(doubt) => Some((*rule, *doubt)),
                Verdict::Met | Verdict::Violated => None,
            })
    }

    /// What the policy as a whole says.
    pub fn verdict(&self) -> Verdict {
        if self.violated().next().is_some() {
            return Verdict::Violated;
        }
        match self.doubtful().next() {
            Some((_, doubt)) => Verdict::CannotTell(doubt),
            None => Verdict::Met,
        }
    }
}
