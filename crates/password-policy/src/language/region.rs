//! Predicates as automata.

use super::TooComplex;
use super::automaton::Automaton;
use super::classes::Classes;
use super::term::Terms;
use super::translate;
use crate::chars::Chars;
use crate::predicate::{Facts, Place, Predicate};
use crate::verdict::Truth;

/// The passwords for which a predicate is true, between two bounds.
pub(super) struct Region {
    /// It is true for all of these.
    under: Automaton,
    /// It is true for none but these.
    pub(super) over: Automaton,
}

/// The passwords for which `predicate` is true among these facts.
pub(super) fn of(predicate: &Predicate, facts: &Facts<'_>, classes: &Classes) -> Result<Region, TooComplex> {
    match predicate {
        Predicate::Not(inner) => {
            let inner = of(inner, facts, classes)?;
            Ok(Region {
                under: inner.over.complement(),
                over: inner.under.complement(),
            })
        }
        Predicate::All(parts) => combine(parts, facts, classes, true, |one, other| one && other),
        Predicate::Any(parts) => combine(parts, facts, classes, false, |one, other| one || other),
        Predicate::Matches(pattern) => {
            let mut terms = Terms::new();
            let matched = translate::matched(&mut terms, pattern.node());
            let over = Automaton::of(&mut terms, matched.term, classes)?;
            let under = match matched.exact {
                true => over.clone(),
                false => Automaton::constant(false, classes),
            };
            Ok(Region { under, over })
        }
        Predicate::Holds {
            place,
            text,
            ignore_case,
        } => match text.among(facts) {
            Some(text) => {
                let held = holds(*place, text, *ignore_case, classes)?;
                Ok(Region {
                    under: held.clone(),
                    over: held,
                })
            }
            None => Ok(Region::unknown(classes)),
        },
        // What is not about the password is the same for all.
        Predicate::Constant(_) | Predicate::Compares { .. } => Ok(match predicate.truth(facts) {
            Truth::Yes => Region::constant(true, classes),
            Truth::No => Region::constant(false, classes),
            Truth::Unknown(_) => Region::unknown(classes),
        }),
        Predicate::Unknown(_) | Predicate::NotInHistory { .. } | Predicate::NotSimple => {
            Ok(Region::unknown(classes))
        }
    }
}

impl Region {
    fn constant(truth: bool, classes: &Classes) -> Self {
        Self {
            under: Automaton::constant(truth, classes),
            over: Automaton::constant(truth, classes),
        }
    }

    fn unknown(classes: &Classes) -> Self {
        Self {
            under: Automaton::constant(false, classes),
            over: Automaton::constant(true, classes),
        }
    }
}

fn combine(
    parts: &[Predicate],
    facts: &Facts<'_>,
    classes: &Classes,
    of_none: bool,
    operator: fn(bool, bool) -> bool,
) -> Result<Region, TooComplex> {
    let none = Region::constant(of_none, classes);
    parts.iter().try_fold(none, |all, part| {
        let part = of(part, facts, classes)?;
        Ok(Region {
            under: all.under.beside(&part.under, operator)?,
            over: all.over.beside(&part.over, operator)?,
        })
    })
}

fn holds(place: Place, text: &str, ignore_case: bool, classes: &Classes) -> Result<Automaton, TooComplex> {
    if text.is_empty() && place == Place::Anywhere {
        return Ok(Automaton::constant(false, classes));
    }
    let mut terms = Terms::new();
    let anything = terms.anything();
    let end = match place {
        Place::Start | Place::Anywhere => anything,
        Place::Whole | Place::End => terms.empty(),
    };
    let held = text.chars().rev().fold(end, |rest, character| {
        let one = Chars::one(character);
        let set = terms.set(if ignore_case { one.with_both_cases() } else { one });
        terms.concat(set, rest)
    });
    let held = match place {
        Place::End | Place::Anywhere => terms.concat(anything, held),
        Place::Whole | Place::Start => held,
    };
    Automaton::of(&mut terms, held, classes)
}
