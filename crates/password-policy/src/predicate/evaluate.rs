//! Whether a predicate is true.

use super::{Facts, Number, Place, Predicate, Relation, Text, neighbours};
use crate::verdict::{Doubt, Truth};

impl Predicate {
    /// Whether it is true among these facts. The password among them is printable ASCII.
    pub(crate) fn truth(&self, facts: &Facts<'_>) -> Truth {
        match self {
            Self::Constant(constant) => Truth::from(*constant),
            Self::Unknown(doubt) => Truth::Unknown(*doubt),
            Self::Not(inner) => inner.truth(facts).not(),
            Self::All(parts) => Truth::all(parts.iter().map(|part| part.truth(facts))),
            Self::Any(parts) => Truth::any(parts.iter().map(|part| part.truth(facts))),
            Self::Matches(pattern) => of_password(facts, |password| pattern.matches(password)),
            Self::Holds {
                place,
                text,
                ignore_case,
            } => {
                let Some(text) = text.among(facts) else {
                    return Truth::Unknown(Doubt::UnknownValue);
                };
                of_password(facts, |password| {
                    Truth::from(if *ignore_case {
                        place.holds(&password.to_lowercase(), &text.to_lowercase())
                    } else {
                        place.holds(password, text)
                    })
                })
            }
            Self::Compares {
                left,
                relation,
                right,
            } => compare(left, *relation, right, facts),
            Self::NotInHistory { .. } if !facts.has_history => Truth::Yes,
            Self::NotInHistory { .. } => Truth::Unknown(Doubt::UnknownValue),
            Self::NotSimple => of_password(facts, |password| {
                if neighbours::longest_chain(password) < 2 {
                    Truth::Yes
                } else if neighbours::has_plain_run(password) {
                    Truth::No
                } else {
                    Truth::Unknown(Doubt::Undocumented)
                }
            }),
        }
    }
}

fn of_password(facts: &Facts<'_>, ask: impl FnOnce(&str) -> Truth) -> Truth {
    facts.password.map_or(Truth::Unknown(Doubt::UnknownValue), ask)
}

impl Place {
    fn holds(self, password: &str, text: &str) -> bool {
        match self {
            Self::Whole => password == text,
            Self::Start => password.starts_with(text),
            Self::End => password.ends_with(text),
            // An empty text is nowhere, as Foundation has it.
            Self::Anywhere => !text.is_empty() && password.contains(text),
        }
    }
}

impl Text {
    /// The text itself, where it is known.
    pub(crate) fn among<'a>(&'a self, facts: &Facts<'a>) -> Option<&'a str> {
        match self {
            Self::Literal(text) => Some(text),
            Self::RecordName => facts.record_name,
        }
    }
}

fn compare(left: &Number, relation: Relation, right: &Number, facts: &Facts<'_>) -> Truth {
    let (Some(left), Some(right)) = (left.span(facts), right.span(facts)) else {
        return Truth::Unknown(Doubt::UnknownValue);
    };
    let settled = |always, never| {
        if always {
            Truth::Yes
        } else if never {
            Truth::No
        } else {
            Truth::Unknown(Doubt::Undocumented)
        }
    };
    let same = left.low == left.high && left == right;
    let apart = left.high < right.low || right.high < left.low;
    match relation {
        Relation::Equal => settled(same, apart),
        Relation::NotEqual => settled(apart, same),
        Relation::Less => settled(left.high < right.low, left.low >= right.high),
        Relation::LessOrEqual => settled(left.high <= right.low, left.low > right.high),
        Relation::Greater => settled(left.low > right.high, left.high <= right.low),
        Relation::GreaterOrEqual => settled(left.low >= right.high, left.high < right.low),
    }
}
