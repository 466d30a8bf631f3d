//! Regular expressions as Open Directory's predicates use them: ICU's language, matched by the whole text.
//!
//! Plain backtracking over characters, after ICU's own description of its language. What macOS knows beyond that makes no
//! expression here.

mod class;
mod matching;
mod reading;

use class::Class;

/// An expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    root: Piece,
    groups: usize,
}

/// It is not in the part of the language that is known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no expression that the simulator knows")]
pub struct NotAnExpression;

/// A piece of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    One(Class),
    Row(Vec<Piece>),
    Choice(Vec<Piece>),
    Group(usize, Box<Piece>),
    Atomic(Box<Piece>),
    Loop {
        piece: Box<Piece>,
        least: usize,
        most: usize,
        style: Style,
    },
    Around {
        piece: Box<Piece>,
        behind: bool,
        wanted: bool,
    },
    Edge(Edge),
    Same(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Eager,
    Reluctant,
    Possessive,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edge {
    Begin,
    End,
    Word,
    NoWord,
}
