//! One rule of a policy.

mod from_account_policy;
mod from_settings;
mod words;

use std::fmt;

use crate::predicate::{Facts, Predicate};
use crate::verdict::{Doubt, Truth, Verdict};

/// One rule of a policy.
#[derive(Debug, Clone)]
pub struct Rule {
    identifier: Option<String>,
    category: Category,
    scope: Scope,
    words: String,
    /// The predicate as it stands. Two rules that say the same are one.
    text: String,
    /// The ways in which it can be read.
    readings: Vec<Predicate>,
}

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Category {
    /// When an account may authenticate.
    Authentication,
    /// When a password has to be changed.
    PasswordChange,
    /// What a new password must be like.
    PasswordContent,
}

/// For whom a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// For all accounts of the Mac.
    AllAccounts,
    /// For one account.
    OneAccount,
}

impl Rule {
    /// Its identifier: `ProfilePayload:<UUID>:minLength` for one that an MDM has set, Apple's key for one that is not on
    /// the Mac yet.
    pub fn identifier(&self) -> Option<&str> {
        self.identifier.as_deref()
    }

    /// What it is about.
    pub fn category(&self) -> Category {
        self.category
    }

    /// For whom it is.
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// The rule in words, for people: its own where it has some.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// Whether it and `other` say the same.
    pub(crate) fn repeats(&self, other: &Self) -> bool {
        (&self.identifier, self.category, &self.text) == (&other.identifier, other.category, &other.text)
    }

    /// The ways in which it can be read.
    pub(crate) fn readings(&self) -> &[Predicate] {
        &self.readings
    }

    /// Whether the value of this name plays a part in it, or may do so.
    pub(crate) fn may_ask_for(&self, name: &str) -> bool {
        let mut may = false;
        for reading in &self.readings {
            reading.each(&mut |part| match part {
                Predicate::Unknown(_) => may = true,
                Predicate::Compares { left, right, .. } => {
                    left.each_name(&mut |named| may |= named == name);
                    right.each_name(&mut |named| may |= named == name);
                }
                _ => {}
            });
        }
        may
    }

    /// Whether it is true among these facts. Ways to read it that differ settle nothing.
    pub(crate) fn truth(&self, facts: &Facts<'_>) -> Truth {
        let mut truths = self.readings.iter().map(|reading| reading.truth(facts));
        let Some(first) = truths.next() else {
            return Truth::Unknown(Doubt::UnknownPredicate);
        };
        if truths.all(|other| other == first) {
            first
        } else {
            Truth::Unknown(Doubt::SeveralReadings)
        }
    }

    /// What it says to a password among these facts.
    pub(crate) fn verdict(&self, facts: &Facts<'_>) -> Verdict {
        match self.truth(facts) {
            Truth::Yes => Verdict::Met,
            Truth::No => Verdict::Violated,
            Truth::Unknown(doubt) => Verdict::CannotTell(doubt),
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}
