//! Regular expressions as terms.

use super::term::{Id, Terms};
use crate::chars::Chars;
use crate::pattern::{Greed, Node};

/// Passwords that an expression matches, or a few more.
#[derive(Debug, Clone, Copy)]
pub(super) struct Matched {
    /// Everything that matches is in it.
    pub(super) term: Id,
    /// Nothing else is in it.
    pub(super) exact: bool,
}

/// The passwords that the expression `node` matches as a whole.
pub(super) fn matched(terms: &mut Terms, node: &Node) -> Matched {
    let mut translation = Translation { terms, exact: true };
    let end = translation.terms.empty();
    let term = translation.before(node, end, true);
    Matched {
        term,
        exact: translation.exact,
    }
}

struct Translation<'a> {
    terms: &'a mut Terms,
    exact: bool,
}

impl Translation<'_> {
    /// `node` and behind it `next`. What cannot be said of it is left out, so that the term takes too much rather than
    /// too little. `at_start` is whether nothing stands before it.
    fn before(&mut self, node: &Node, next: Id, at_start: bool) -> Id {
        match node {
            Node::Set(set) => {
                let set = self.terms.set(*set);
                self.terms.concat(set, next)
            }
            Node::Concat(parts) => self.concat(parts, next, at_start),
            Node::Alternate(parts) => {
                let branches: Vec<Id> = parts
                    .iter()
                    .map(|part| self.before(part, next, at_start))
                    .collect();
                self.terms.or(branches)
            }
            Node::Capture(inner) => self.before(inner, next, at_start),
            Node::Atomic(inner) => {
                // What it took first may be the wrong thing, and then the whole does not match.
                self.exact = false;
                self.before(inner, next, at_start)
            }
            Node::Repeat {
                inner,
                min,
                max,
                greed,
            } => match (greed, &**inner) {
                (Greed::Possessive, Node::Set(set)) => self.run(*set, (*min, *max), next),
                _ => {
                    self.exact &= *greed != Greed::Possessive;
                    self.repeat(inner, (*min, *max), next, at_start)
                }
            },
            Node::Look {
                ahead: true,
                negative,
                inner,
            } => self.look_ahead(inner, *negative, next, at_start),
            Node::End => {
                let end = self.terms.empty();
                self.terms.and([end, next])
            }
            Node::Start if at_start => next,
            Node::Start | Node::WordBoundary { .. } | Node::Look { ahead: false, .. } => {
                self.exact = false;
                next
            }
            Node::Backreference(_) => {
                self.exact = false;
                let anything = self.terms.anything();
                self.terms.concat(anything, next)
            }
        }
    }

    fn concat(&mut self, parts: &[Node], next: Id, at_start: bool) -> Id {
        let takes_nothing = |node: &Node| {
            matches!(
                node,
                Node::Look { .. } | Node::Start | Node::End | Node::WordBoundary { .. }
            )
        };
        let leading = parts.iter().take_while(|part| takes_nothing(part)).count();
        let indexed = parts.iter().enumerate().rev();
        indexed.fold(next, |next, (index, part)| {
            self.before(part, next, at_start && index <= leading)
        })
    }

    fn repeat(&mut self, inner: &Node, (min, max): (u32, Option<u32>), next: Id, at_start: bool) -> Id {
        if (min, max) == (0, Some(1)) {
            let once = self.before(inner, next, at_start);
            return self.terms.or([once, next]);
        }
        if inner.depends_on_context() {
            // What it looks at changes from one round to the next: that much is left out.
            self.exact = false;
        }
        let end = self.terms.empty();
        let round = self.without_context(inner, end);
        let rounds = self.terms.repeat(round, min, max);
        self.terms.concat(rounds, next)
    }

    /// As many characters of `set` as come, and behind them `next`: which begins with none of these, unless there were
    /// as many as may be.
    fn run(&mut self, set: Chars, (min, max): (u32, Option<u32>), next: Id) -> Id {
        let member = self.terms.set(set);
        let anything = self.terms.anything();
        let one_more = self.terms.concat(member, anything);
        let not_one_more = self.terms.not(one_more);
        let other = self.terms.and([not_one_more, next]);
        let fewer = match max {
            Some(max) if max == min => self.terms.nothing(),
            Some(max) => self.terms.repeat(member, min, Some(max - 1)),
            None => self.terms.repeat(member, min, None),
        };
        let ended = self.terms.concat(fewer, other);
        let Some(max) = max else {
            return ended;
        };
        let full = self.terms.repeat(member, max, Some(max));
        let full = self.terms.concat(full, next);
        self.terms.or([ended, full])
    }

    /// `node` and behind it `next`, without what it looks at around itself.
    fn without_context(&mut self, node: &Node, next: Id) -> Id {
        match node {
            Node::Look { .. } | Node::Start | Node::End | Node::WordBoundary { .. } => next,
            Node::Concat(parts) => parts
                .iter()
                .rev()
                .fold(next, |next, part| self.without_context(part, next)),
            Node::Alternate(parts) => {
                let branches: Vec<Id> = parts
                    .iter()
                    .map(|part| self.without_context(part, next))
                    .collect();
                self.terms.or(branches)
            }
            Node::Capture(inner) => self.without_context(inner, next),
            Node::Repeat {
                inner,
                min,
                max,
                greed,
            } => {
                self.exact &= *greed != Greed::Possessive;
                let end = self.terms.empty();
                let round = self.without_context(inner, end);
                let rounds = self.terms.repeat(round, *min, *max);
                self.terms.concat(rounds, next)
            }
            Node::Atomic(inner) => {
                self.exact = false;
                self.without_context(inner, next)
            }
            Node::Set(_) | Node::Backreference(_) => self.before(node, next, false),
        }
    }

    fn look_ahead(&mut self, inner: &Node, negative: bool, next: Id, at_start: bool) -> Id {
        let whole = self.exact;
        self.exact = true;
        let anything = self.terms.anything();
        let ahead = self.before(inner, anything, at_start);
        let seen_exactly = std::mem::replace(&mut self.exact, whole);
        self.exact &= seen_exactly;
        match (negative, seen_exactly) {
            (false, _) => self.terms.and([ahead, next]),
            (true, true) => {
                let other = self.terms.not(ahead);
                self.terms.and([other, next])
            }
            // Too much ahead would leave too little behind.
            (true, false) => next,
        }
    }
}
