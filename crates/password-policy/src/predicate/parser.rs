//! Reads a predicate.

use std::collections::BTreeMap;

use super::lexer::{Sign, signs};
use super::number::Number;
use super::{Place, Predicate, Relation, Text};
use crate::pattern::Pattern;
use crate::source::Parameter;
use crate::verdict::Doubt;

const PASSWORD: &str = "policyAttributePassword";
const RECORD_NAME: &str = "policyAttributeRecordName";
const HASHES: &str = "policyAttributePasswordHashes";
const HISTORY: &str = "policyAttributePasswordHistory";
const HISTORY_DEPTH: &str = "policyAttributePasswordHistoryDepth";

/// Parentheses in parentheses, no more than this: each can be read in two ways, so that the ways double.
const DEEPEST: u32 = 12;

/// How the quoted texts of a predicate are taken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quotes {
    /// As `NSPredicate` does: a backslash goes, and what is behind it stays.
    Unescaped,
    /// As they stand, which is what somebody meant who did not think of that.
    AsWritten,
}

/// The ways in which a predicate can be read; `NSPredicate`'s own comes first. One that cannot be read at all is an
/// unknown one.
pub(crate) fn readings(text: &str, parameters: &BTreeMap<String, Parameter>) -> Vec<Predicate> {
    let Some(signs) = signs(text) else {
        return vec![Predicate::Unknown(Doubt::UnknownPredicate)];
    };
    let reading = |quotes| {
        let mut parser = Parser {
            signs: &signs,
            at: 0,
            depth: 0,
            parameters,
            quotes,
        };
        let read = parser.any();
        let whole = parser.at == signs.len();
        read.filter(|_| whole)
            .unwrap_or(Predicate::Unknown(Doubt::UnknownPredicate))
    };
    let mut readings = vec![reading(Quotes::Unescaped)];
    if signs.iter().any(Sign::has_loose_backslash) {
        readings.push(reading(Quotes::AsWritten));
    }
    readings
}

impl Sign {
    /// Whether it is a text with a backslash that escapes neither itself nor a quote.
    fn has_loose_backslash(&self) -> bool {
        let Self::Quoted(text) = self else {
            return false;
        };
        let mut characters = text.chars();
        while let Some(character) = characters.next() {
            if character == '\\' && !matches!(characters.next(), Some('\\' | '\'' | '"')) {
                return true;
            }
        }
        false
    }
}

struct Parser<'a> {
    signs: &'a [Sign],
    at: usize,
    depth: u32,
    parameters: &'a BTreeMap<String, Parameter>,
    quotes: Quotes,
}

/// One side of a comparison.
enum Side {
    Number(Number),
    Text(Text),
    Password,
}

impl Parser<'_> {
    fn any(&mut self) -> Option<Predicate> {
        let mut parts = vec![self.all()?];
        while self.word("or") || self.mark("||") {
            parts.push(self.all()?);
        }
        Some(one_or(parts, Predicate::Any))
    }

    fn all(&mut self) -> Option<Predicate> {
        let mut parts = vec![self.single()?];
        while self.word("and") || self.mark("&&") {
            parts.push(self.single()?);
        }
        Some(one_or(parts, Predicate::All))
    }

    /// Reads something inside of something else.
    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        if self.depth == DEEPEST {
            return None;
        }
        self.depth += 1;
        let inner = read(self);
        self.depth -= 1;
        inner
    }

    fn single(&mut self) -> Option<Predicate> {
        if self.word("not") || self.mark("!") {
            let inner = self.nested(Self::single)?;
            return Some(Predicate::Not(Box::new(inner)));
        }
        if self.word("truepredicate") {
            return Some(Predicate::Constant(true));
        }
        if self.word("falsepredicate") {
            return Some(Predicate::Constant(false));
        }
        if self.word("none") {
            return self.history();
        }
        // A parenthesis may hold a predicate or a number.
        let before = self.at;
        if let Some(comparison) = self.comparison() {
            return Some(comparison);
        }
        self.at = before;
        if !self.mark("(") {
            return None;
        }
        let inner = self.nested(Self::any)?;
        self.mark(")").then_some(inner)
    }

    /// `policyAttributePasswordHashes in policyAttributePasswordHistory` behind `none`.
    fn history(&mut self) -> Option<Predicate> {
        self.word("of");
        if !(self.word(HASHES) && self.word("in") && self.word(HISTORY)) {
            return None;
        }
        let depth = self.parameters.get(HISTORY_DEPTH).and_then(Parameter::number);
        let depth = depth.filter(|depth| *depth >= 0.0 && *depth <= f64::from(u32::MAX));
        Some(Predicate::NotInHistory {
            depth: depth.map(|depth| depth as u32),
        })
    }

    fn comparison(&mut self) -> Option<Predicate> {
        let left = self.side()?;
        if let Some(relation) = self.relation() {
            return self.related(left, relation);
        }
        let operator = ["matches", "contains", "beginswith", "endswith"]
            .into_iter()
            .find(|operator| self.word(operator))?;
        let ignore_case = self.modifier()?;
        let (Side::Password, Side::Text(text)) = (left, self.side()?) else {
            return None;
        };
        let place = match operator {
            "matches" => {
                return match text {
                    Text::Literal(text) => Some(matches(&text, ignore_case)),
                    Text::RecordName => None,
                };
            }
            "contains" => Place::Anywhere,
            "beginswith" => Place::Start,
            _ => Place::End,
        };
        Some(Predicate::Holds {
            place,
            text,
            ignore_case,
        })
    }

    /// A comparison of numbers, or of the password with a text.
    fn related(&mut self, left: Side, relation: Relation) -> Option<Predicate> {
        let ignore_case = self.modifier()?;
        let (left, right) = match (left, self.side()?) {
            (Side::Number(left), Side::Number(right)) => (left, right),
            (Side::Password, Side::Text(text)) | (Side::Text(text), Side::Password) => {
                let same = Predicate::Holds {
                    place: Place::Whole,
                    text,
                    ignore_case,
                };
                return match relation {
                    Relation::Equal => Some(same),
                    Relation::NotEqual => Some(Predicate::Not(Box::new(same))),
                    _ => None,
                };
            }
            _ => return None,
        };
        Some(Predicate::Compares {
            left,
            relation,
            right,
        })
    }

    fn relation(&mut self) -> Option<Relation> {
        const RELATIONS: [(&str, Relation); 9] = [
            ("==", Relation::Equal),
            ("=", Relation::Equal),
            ("!=", Relation::NotEqual),
            ("<>", Relation::NotEqual),
            ("<=", Relation::LessOrEqual),
            ("=<", Relation::LessOrEqual),
            ("<", Relation::Less),
            (">=", Relation::GreaterOrEqual),
            ("=>", Relation::GreaterOrEqual),
        ];
        let found = RELATIONS.into_iter().find(|(mark, _)| self.mark(mark));
        found
            .map(|(_, relation)| relation)
            .or_else(|| self.mark(">").then_some(Relation::Greater))
    }

    /// `[c]` behind an operator: whether case does not count.
    fn modifier(&mut self) -> Option<bool> {
        if !self.mark("[") {
            return Some(false);
        }
        (self.word("c") && self.mark("]")).then_some(true)
    }

    fn side(&mut self) -> Option<Side> {
        match self.signs.get(self.at)? {
            Sign::Quoted(text) => {
                self.at += 1;
                Some(Side::Text(Text::Literal(self.unquoted(text))))
            }
            Sign::Word(word) if word == PASSWORD => {
                self.at += 1;
                Some(Side::Password)
            }
            Sign::Word(word) if word == RECORD_NAME => {
                self.at += 1;
                Some(Side::Text(Text::RecordName))
            }
            Sign::Word(_) | Sign::Number(_) | Sign::Mark(_) => self.sum().map(Side::Number),
        }
    }

    fn unquoted(&self, text: &str) -> String {
        if self.quotes == Quotes::AsWritten {
            return text.to_owned();
        }
        let mut unquoted = String::new();
        let mut characters = text.chars();
        while let Some(character) = characters.next() {
            let escaped = if character == '\\' {
                characters.next()
            } else {
                None
            };
            unquoted.push(escaped.unwrap_or(character));
        }
        unquoted
    }

    fn sum(&mut self) -> Option<Number> {
        let mut sum = self.product()?;
        loop {
            let wrap = if self.mark("+") {
                Number::Sum
            } else if self.mark("-") {
                Number::Difference
            } else {
                return Some(sum);
            };
            sum = wrap(Box::new(sum), Box::new(self.product()?));
        }
    }

    fn product(&mut self) -> Option<Number> {
        let mut product = self.factor()?;
        loop {
            let wrap = if self.mark("*") {
                Number::Product
            } else if self.mark("/") {
                Number::Quotient
            } else {
                return Some(product);
            };
            product = wrap(Box::new(product), Box::new(self.factor()?));
        }
    }

    fn factor(&mut self) -> Option<Number> {
        let sign = self.signs.get(self.at)?;
        self.at += 1;
        match sign {
            Sign::Number(number) => Some(Number::Constant(*number)),
            Sign::Word(word) => Some(self.named(word)),
            Sign::Mark("(") => {
                let inner = self.nested(Self::sum)?;
                self.mark(")").then_some(inner)
            }
            Sign::Mark("-") => {
                let negated = self.nested(Self::factor)?;
                let zero = Number::Constant(0.0);
                Some(Number::Difference(Box::new(zero), Box::new(negated)))
            }
            Sign::Mark(_) | Sign::Quoted(_) => None,
        }
    }

    /// A name that the rule's parameters may know.
    fn named(&self, word: &str) -> Number {
        let constant = match word.to_ascii_lowercase().as_str() {
            "true" | "yes" => Some(1.0),
            "false" | "no" => Some(0.0),
            _ => self.parameters.get(word).and_then(Parameter::number),
        };
        constant.map_or_else(|| Number::Named(word.to_owned()), Number::Constant)
    }

    /// Reads a word when it comes next, whatever its case.
    fn word(&mut self, wanted: &str) -> bool {
        let there =
            matches!(self.signs.get(self.at), Some(Sign::Word(word)) if word.eq_ignore_ascii_case(wanted));
        self.at += usize::from(there);
        there
    }

    fn mark(&mut self, wanted: &str) -> bool {
        let there = matches!(self.signs.get(self.at), Some(Sign::Mark(mark)) if *mark == wanted);
        self.at += usize::from(there);
        there
    }
}

fn matches(text: &str, ignore_case: bool) -> Predicate {
    match Pattern::new(text, ignore_case) {
        Ok(pattern) => Predicate::Matches(Box::new(pattern)),
        Err(_) => Predicate::Unknown(Doubt::UnknownExpression),
    }
}

fn one_or(mut parts: Vec<Predicate>, wrap: impl FnOnce(Vec<Predicate>) -> Predicate) -> Predicate {
    if parts.len() == 1 {
        parts.remove(0)
    } else {
        wrap(parts)
    }
}
