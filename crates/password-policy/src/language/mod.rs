//! Which passwords a policy allows, as automata: what a password is constructed from, and how it is proved that none
//! exists.
//!
//! A rule becomes an automaton that accepts at least everything the rule may allow. So when the automata of several
//! rules accept nothing in common, no password satisfies them; and what is drawn by them is held against the rules
//! once more by the engine that also judges passwords of others.

mod automaton;
mod classes;
mod product;
mod region;
mod term;
mod translate;

pub(crate) use product::Product;

use automaton::Automaton;
use classes::Classes;

use crate::chars::Chars;
use crate::predicate::{Facts, Predicate};
use crate::rule::Rule;

/// The rules ask for more than can be worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooComplex;

/// What each of several rules allows.
#[derive(Debug)]
pub(crate) struct Language {
    classes: Classes,
    allowed: Vec<Allowed>,
}

/// What one rule allows.
#[derive(Debug)]
struct Allowed {
    /// Passwords that may be allowed in every way to read the rule.
    by_all_readings: Automaton,
    /// Passwords that may be allowed in some way to read it.
    by_any_reading: Automaton,
}

impl Allowed {
    fn by(rule: &Rule, facts: &Facts<'_>, classes: &Classes) -> Result<Self, TooComplex> {
        let start = Self {
            by_all_readings: Automaton::constant(true, classes),
            by_any_reading: Automaton::constant(false, classes),
        };
        rule.readings().iter().try_fold(start, |before, reading| {
            let allowed = region::of(reading, facts, classes)?.over;
            Ok(Self {
                by_all_readings: before
                    .by_all_readings
                    .beside(&allowed, |one, other| one && other)?,
                by_any_reading: before
                    .by_any_reading
                    .beside(&allowed, |one, other| one || other)?,
            })
        })
    }
}

/// How the readings of a rule are taken together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Readings {
    /// A password has to be allowed by all.
    All,
    /// One is enough.
    Any,
}

impl Language {
    /// What `rules` allow among these facts, over characters that can be restricted to `alphabets` later.
    pub(crate) fn of(rules: &[&Rule], facts: &Facts<'_>, alphabets: &[Chars]) -> Result<Self, TooComplex> {
        let mut sets = alphabets.to_vec();
        for predicate in rules.iter().flat_map(|rule| rule.readings()) {
            predicate.each(&mut |part| match part {
                Predicate::Matches(pattern) => pattern.node().each_set(&mut |set| sets.push(set)),
                Predicate::Holds { text, .. } => {
                    let text = text.among(facts).unwrap_or_default();
                    sets.extend(text.chars().flat_map(|character| {
                        let one = Chars::one(character);
                        [one, one.with_both_cases()]
                    }));
                }
                _ => {}
            });
        }
        let classes = Classes::telling_apart(sets);
        let allowed = rules.iter().map(|rule| Allowed::by(rule, facts, &classes));
        Ok(Self {
            allowed: allowed.collect::<Result<_, _>>()?,
            classes,
        })
    }

    /// What the rules at these places allow together, of characters of `alphabet`, and the classes that its steps go by.
    pub(crate) fn together(
        &self,
        rules: &[usize],
        readings: Readings,
        alphabet: Chars,
    ) -> Result<(Product, Vec<Chars>), TooComplex> {
        let usable: Vec<(usize, Chars)> = self
            .classes
            .iter()
            .enumerate()
            .filter(|(_, class)| !class.intersection(alphabet).is_empty())
            .collect();
        let (numbers, members): (Vec<usize>, Vec<Chars>) = usable.into_iter().unzip();
        let automata = rules.iter().map(|rule| match readings {
            Readings::All => &self.allowed[*rule].by_all_readings,
            Readings::Any => &self.allowed[*rule].by_any_reading,
        });
        Ok((Product::of(automata, &numbers)?, members))
    }

    /// Whether the rule at this place allows a password of any length.
    pub(crate) fn allows_something(&self, rule: usize) -> bool {
        self.allowed[rule].by_any_reading.accepts_something()
    }
}

#[cfg(test)]
mod tests;
