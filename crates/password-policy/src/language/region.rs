//! Predicates as sets of passwords.

use super::term::{Id, Terms};
use super::translate;
use crate::chars::Chars;
use crate::predicate::{Facts, Place, Predicate};
use crate::verdict::Truth;

/// The passwords for which a predicate is true, between two bounds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Region {
    /// It is true for all of these.
    pub(super) under: Id,
    /// It is true for none but these.
    pub(super) over: Id,
}

/// The passwords for which `predicate` is true among these facts.
pub(super) fn of(terms: &mut Terms, predicate: &Predicate, facts: &Facts<'_>) -> Region {
    let (nothing, anything) = (terms.nothing(), terms.anything());
    let unknown = Region {
        under: nothing,
        over: anything,
    };
    let exactly = |id| Region { under: id, over: id };
    match predicate {
        Predicate::Not(inner) => {
            let inner = of(terms, inner, facts);
            Region {
                under: terms.not(inner.over),
                over: terms.not(inner.under),
            }
        }
        Predicate::All(parts) => {
            let parts: Vec<Region> = parts.iter().map(|part| of(terms, part, facts)).collect();
            Region {
                under: terms.and(parts.iter().map(|part| part.under)),
                over: terms.and(parts.iter().map(|part| part.over)),
            }
        }
        Predicate::Any(parts) => {
            let parts: Vec<Region> = parts.iter().map(|part| of(terms, part, facts)).collect();
            Region {
                under: terms.or(parts.iter().map(|part| part.under)),
                over: terms.or(parts.iter().map(|part| part.over)),
            }
        }
        Predicate::Matches(pattern) => {
            let matched = translate::matched(terms, pattern.node());
            Region {
                under: if matched.exact { matched.term } else { nothing },
                over: matched.term,
            }
        }
        Predicate::Holds {
            place,
            text,
            ignore_case,
        } => text
            .among(facts)
            .map_or(unknown, |text| exactly(holds(terms, *place, text, *ignore_case))),
        // What is not about the password is the same for all.
        Predicate::Constant(_) | Predicate::Compares { .. } => match predicate.truth(facts) {
            Truth::Yes => exactly(anything),
            Truth::No => exactly(nothing),
            Truth::Unknown(_) => unknown,
        },
        Predicate::Unknown(_) | Predicate::NotInHistory { .. } | Predicate::NotSimple => unknown,
    }
}

fn holds(terms: &mut Terms, place: Place, text: &str, ignore_case: bool) -> Id {
    if text.is_empty() && place == Place::Anywhere {
        return terms.nothing();
    }
    let mut end = terms.empty();
    let anything = terms.anything();
    if matches!(place, Place::Start | Place::Anywhere) {
        end = anything;
    }
    let whole = text.chars().rev().fold(end, |rest, character| {
        let one = Chars::one(character);
        let set = terms.set(if ignore_case { one.with_both_cases() } else { one });
        terms.concat(set, rest)
    });
    match place {
        Place::End | Place::Anywhere => terms.concat(anything, whole),
        Place::Whole | Place::Start => whole,
    }
}
