//! A regular expression in ICU's language, taken apart and seen from printable ASCII.

use crate::chars::Chars;

/// One part of an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node {
    /// One character of a set.
    Set(Chars),
    /// One after the other. Empty: the empty text.
    Concat(Vec<Node>),
    /// Any of these.
    Alternate(Vec<Node>),
    /// A group whose text can be referred to.
    Capture(Box<Node>),
    /// What matched first stays.
    Atomic(Box<Node>),
    /// The same again and again.
    Repeat {
        inner: Box<Node>,
        min: u32,
        max: Option<u32>,
        greed: Greed,
    },
    /// A look from here that takes nothing.
    Look {
        ahead: bool,
        negative: bool,
        inner: Box<Node>,
    },
    /// The start of the password.
    Start,
    /// The end of the password.
    End,
    /// Where a word begins or ends, or where it does not.
    WordBoundary { negated: bool },
    /// What a group has matched, by its number.
    Backreference(usize),
}

/// How much a repetition takes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Greed {
    Greedy,
    Lazy,
    /// As much as it can, and never less again.
    Possessive,
}

impl Node {
    /// `inner`, of which what matched first stays. A run of characters of one set is a possessive one then.
    pub(crate) fn atomic(inner: Self) -> Self {
        match inner {
            Self::Repeat {
                inner,
                min,
                max,
                greed: Greed::Greedy,
            } if matches!(*inner, Self::Set(_)) => Self::Repeat {
                inner,
                min,
                max,
                greed: Greed::Possessive,
            },
            inner => Self::Atomic(Box::new(inner)),
        }
    }

    /// The fewest characters that it takes.
    pub(crate) fn shortest(&self) -> u32 {
        match self {
            Self::Set(_) => 1,
            Self::Concat(parts) => parts.iter().map(Self::shortest).fold(0, u32::saturating_add),
            Self::Alternate(parts) => parts.iter().map(Self::shortest).min().unwrap_or(0),
            Self::Capture(inner) | Self::Atomic(inner) => inner.shortest(),
            Self::Repeat { inner, min, .. } => inner.shortest().saturating_mul(*min),
            Self::Look { .. }
            | Self::Start
            | Self::End
            | Self::WordBoundary { .. }
            | Self::Backreference(_) => 0,
        }
    }

    /// Whether the engine can walk back over it: it takes a limited number of characters and looks nowhere else.
    pub(crate) fn can_be_looked_back_on(&self) -> bool {
        match self {
            Self::Set(_) | Self::Start | Self::End => true,
            Self::Concat(parts) | Self::Alternate(parts) => parts.iter().all(Self::can_be_looked_back_on),
            Self::Capture(inner) => inner.can_be_looked_back_on(),
            Self::Repeat { inner, max, .. } => max.is_some() && inner.can_be_looked_back_on(),
            Self::Atomic(_) | Self::Look { .. } | Self::WordBoundary { .. } | Self::Backreference(_) => false,
        }
    }

    /// Whether something in it looks at what stands around it, or back at what a group matched.
    pub(crate) fn depends_on_context(&self) -> bool {
        match self {
            Self::Look { .. }
            | Self::Start
            | Self::End
            | Self::WordBoundary { .. }
            | Self::Backreference(_) => true,
            Self::Set(_) => false,
            Self::Concat(parts) | Self::Alternate(parts) => parts.iter().any(Self::depends_on_context),
            Self::Capture(inner) | Self::Atomic(inner) | Self::Repeat { inner, .. } => {
                inner.depends_on_context()
            }
        }
    }

    /// Calls `see` with each set in it.
    pub(crate) fn each_set(&self, see: &mut impl FnMut(Chars)) {
        match self {
            Self::Set(set) => see(*set),
            Self::Concat(parts) | Self::Alternate(parts) => parts.iter().for_each(|part| part.each_set(see)),
            Self::Capture(inner)
            | Self::Atomic(inner)
            | Self::Repeat { inner, .. }
            | Self::Look { inner, .. } => inner.each_set(see),
            Self::Start | Self::End | Self::WordBoundary { .. } | Self::Backreference(_) => {}
        }
    }
}
