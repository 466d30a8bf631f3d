//! Numbers in predicates: constants, values of the account, and what is reckoned from them.

use super::Facts;

/// A number in a predicate.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Number {
    Constant(f64),
    /// A value by its name.
    Named(String),
    Sum(Box<Number>, Box<Number>),
    Difference(Box<Number>, Box<Number>),
    Product(Box<Number>, Box<Number>),
    Quotient(Box<Number>, Box<Number>),
}

/// A number that is at least `low` and at most `high`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Span {
    pub(crate) low: f64,
    pub(crate) high: f64,
}

impl Span {
    /// A number that is known.
    pub(crate) fn exactly(number: f64) -> Self {
        Self {
            low: number,
            high: number,
        }
    }

    fn exact(self) -> Option<f64> {
        (self.low == self.high).then_some(self.low)
    }
}

impl Number {
    /// The number among these facts; `None` when it is not known.
    pub(crate) fn span(&self, facts: &Facts<'_>) -> Option<Span> {
        match self {
            Self::Constant(number) => Some(Span::exactly(*number)),
            Self::Named(name) => facts.number(name),
            Self::Sum(left, right) => {
                let (left, right) = (left.span(facts)?, right.span(facts)?);
                Some(Span {
                    low: left.low + right.low,
                    high: left.high + right.high,
                })
            }
            Self::Difference(left, right) => {
                let (left, right) = (left.span(facts)?, right.span(facts)?);
                Some(Span {
                    low: left.low - right.high,
                    high: left.high - right.low,
                })
            }
            Self::Product(left, right) => {
                let (left, right) = (left.span(facts)?.exact()?, right.span(facts)?.exact()?);
                Some(Span::exactly(left * right))
            }
            Self::Quotient(left, right) => {
                let (left, right) = (left.span(facts)?.exact()?, right.span(facts)?.exact()?);
                (right != 0.0).then(|| Span::exactly(left / right))
            }
        }
    }

    /// Calls `see` with each name in it.
    pub(crate) fn each_name(&self, see: &mut impl FnMut(&str)) {
        match self {
            Self::Constant(_) => {}
            Self::Named(name) => see(name),
            Self::Sum(left, right)
            | Self::Difference(left, right)
            | Self::Product(left, right)
            | Self::Quotient(left, right) => {
                left.each_name(see);
                right.each_name(see);
            }
        }
    }
}
