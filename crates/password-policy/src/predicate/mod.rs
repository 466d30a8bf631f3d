//! Apple's predicates (`NSPredicate`), as far as password policies use them.

mod evaluate;
mod facts;
mod lexer;
mod neighbours;
mod number;
mod parser;

pub(crate) use facts::Facts;
pub(crate) use neighbours::neighbours_of;
pub(crate) use number::Number;
pub(crate) use parser::readings;

use crate::pattern::Pattern;
use crate::verdict::Doubt;

/// A predicate over a password and its account.
#[derive(Debug, Clone)]
pub(crate) enum Predicate {
    Constant(bool),
    /// Something of which nothing can be told.
    Unknown(Doubt),
    Not(Box<Predicate>),
    All(Vec<Predicate>),
    Any(Vec<Predicate>),
    /// The whole password matches an expression.
    Matches(Box<Pattern>),
    /// The password holds a text, regardless of case if so said.
    Holds {
        place: Place,
        text: Text,
        ignore_case: bool,
    },
    /// One number is to the other as said.
    Compares {
        left: Number,
        relation: Relation,
        right: Number,
    },
    /// The password is none of the last so many.
    NotInHistory {
        depth: Option<u32>,
    },
    /// The password has neither repeated nor ascending nor descending characters.
    NotSimple,
}

/// Where in the password a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Whole,
    Start,
    End,
    Anywhere,
}

/// A text that a password is held against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Text {
    Literal(String),
    /// The account's record name.
    RecordName,
}

/// How one number is to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Relation {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Predicate {
    /// Calls `see` with it and with each predicate inside.
    pub(crate) fn each(&self, see: &mut impl FnMut(&Predicate)) {
        see(self);
        match self {
            Self::Not(inner) => inner.each(see),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.each(see)),
            Self::Constant(_)
            | Self::Unknown(_)
            | Self::Matches(_)
            | Self::Holds { .. }
            | Self::Compares { .. }
            | Self::NotInHistory { .. }
            | Self::NotSimple => {}
        }
    }
}
