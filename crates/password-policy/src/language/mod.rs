//! Which passwords a policy allows, as automata: what a password is constructed from, and how it is proved that none
//! exists.
//!
//! A rule becomes a set of passwords that holds at least everything the rule may allow. So when the sets of several
//! rules have nothing in common, no password satisfies them; and what is drawn from the sets is held against the rules
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
use term::Terms;

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
        let mut terms = Terms::new();
        let mut allowed = Vec::new();
        for rule in rules {
            let regions: Vec<_> = rule
                .readings()
                .iter()
                .map(|reading| region::of(&mut terms, reading, facts).over)
                .collect();
            let (all, any) = (terms.and(regions.iter().copied()), terms.or(regions));
            allowed.push(Allowed {
                by_all_readings: Automaton::of(&mut terms, all, &classes)?,
                by_any_reading: Automaton::of(&mut terms, any, &classes)?,
            });
        }
        Ok(Self { classes, allowed })
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
