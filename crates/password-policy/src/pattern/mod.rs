//! Regular expressions in ICU's language, as `NSPredicate` matches them: by the whole password.
//!
//! No engine in Rust reads ICU's language. So it is read here, into a tree over printable ASCII; what is not read for
//! certain is refused. The matching itself is `fancy_regex`'s work, on an expression that is written anew from the
//! tree. The same tree says which passwords match at all (see `language`).

mod ast;
mod bracket;
mod cursor;
mod escape;
mod named_sets;
mod parser;
mod render;

pub(crate) use ast::{Greed, Node};

use crate::verdict::{Doubt, Truth};

/// How many wrong turns a match may take before it is given up.
const WRONG_TURNS: usize = 100_000;
/// Apple's limit for the expression of a passcode payload, in characters.
const LONGEST: usize = 2048;

/// Why an expression is not read: what in it is unusual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the expression has {0}")]
pub(crate) struct Unsupported(pub(crate) &'static str);

/// An expression that a password has to match, whole.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    node: Node,
    engine: fancy_regex::Regex,
}

impl Pattern {
    /// Reads an expression.
    pub(crate) fn new(text: &str, ignore_case: bool) -> Result<Self, Unsupported> {
        if text.is_empty() {
            return Err(Unsupported("nothing in it"));
        }
        if text.chars().count() > LONGEST {
            return Err(Unsupported("more characters than Apple allows"));
        }
        let node = parser::parse(text, ignore_case)?;
        let engine = fancy_regex::RegexBuilder::new(&render::whole(&node))
            .backtrack_limit(WRONG_TURNS)
            .build()
            .map_err(|_| Unsupported("something that the engine does not take"))?;
        Ok(Self { node, engine })
    }

    /// The expression taken apart.
    pub(crate) fn node(&self) -> &Node {
        &self.node
    }

    /// Whether the whole of `password`, which is printable ASCII, matches.
    pub(crate) fn matches(&self, password: &str) -> Truth {
        match self.engine.is_match(password) {
            Ok(matches) => Truth::from(matches),
            Err(_) => Truth::Unknown(Doubt::SearchTooLong),
        }
    }
}
