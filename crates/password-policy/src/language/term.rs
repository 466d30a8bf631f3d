//! Sets of passwords as terms: built from sets of characters, taken apart again one character at a time.
//!
//! Each term is stored once, so that equal ones have equal ids. `derivative` answers which rests may follow a
//! character (Brzozowski's method), and works through "and" and "not" as it does through "or": so rules are combined
//! before any automaton is made.

use std::collections::HashMap;

use super::TooComplex;
use crate::chars::Chars;

/// No policy needs more terms than this.
const MOST_TERMS: usize = 100_000;
/// Beyond this a count makes no difference: no password is longer.
const HIGHEST_COUNT: u32 = 128;

/// A term of [`Terms`].
pub(super) type Id = u32;

#[derive(Clone, PartialEq, Eq, Hash)]
enum Term {
    /// One character of a set. Of the empty set: nothing at all.
    Set(Chars),
    /// The empty text.
    Empty,
    Concat(Id, Id),
    Or(Box<[Id]>),
    And(Box<[Id]>),
    Not(Id),
    Repeat {
        inner: Id,
        min: u32,
        max: Option<u32>,
    },
}

/// A store of terms.
pub(super) struct Terms {
    terms: Vec<Term>,
    /// Whether the empty text is in it.
    takes_empty: Vec<bool>,
    ids: HashMap<Term, Id>,
    derivatives: HashMap<(Id, u8), Id>,
    nothing: Id,
    empty: Id,
    anything: Id,
}

impl Terms {
    pub(super) fn new() -> Self {
        let mut terms = Self {
            terms: Vec::new(),
            takes_empty: Vec::new(),
            ids: HashMap::new(),
            derivatives: HashMap::new(),
            nothing: 0,
            empty: 0,
            anything: 0,
        };
        terms.nothing = terms.store(Term::Set(Chars::NONE));
        terms.empty = terms.store(Term::Empty);
        let character = terms.store(Term::Set(Chars::ALL));
        terms.anything = terms.store(Term::Repeat {
            inner: character,
            min: 0,
            max: None,
        });
        terms
    }

    /// No password at all.
    pub(super) fn nothing(&self) -> Id {
        self.nothing
    }

    /// The empty password.
    pub(super) fn empty(&self) -> Id {
        self.empty
    }

    /// Every password.
    pub(super) fn anything(&self) -> Id {
        self.anything
    }

    pub(super) fn takes_empty(&self, id: Id) -> bool {
        self.takes_empty[id as usize]
    }

    pub(super) fn set(&mut self, set: Chars) -> Id {
        self.store(Term::Set(set))
    }

    pub(super) fn concat(&mut self, first: Id, second: Id) -> Id {
        if first == self.nothing || second == self.nothing {
            return self.nothing;
        }
        match self.terms[first as usize] {
            Term::Empty => second,
            _ if second == self.empty => first,
            Term::Concat(start, rest) => {
                let rest = self.concat(rest, second);
                self.concat(start, rest)
            }
            _ if first == self.anything && self.begins_with_anything(second) => second,
            _ => self.store(Term::Concat(first, second)),
        }
    }

    pub(super) fn or(&mut self, parts: impl IntoIterator<Item = Id>) -> Id {
        let mut set = Chars::NONE;
        let mut ids = Vec::new();
        for part in parts {
            self.flatten(part, false, &mut |term, id| match term {
                Term::Set(more) => set = set.union(*more),
                _ => ids.push(id),
            });
        }
        if ids.contains(&self.anything) {
            return self.anything;
        }
        if !set.is_empty() {
            ids.push(self.set(set));
        }
        self.gather(ids, self.nothing, Term::Or)
    }

    pub(super) fn and(&mut self, parts: impl IntoIterator<Item = Id>) -> Id {
        let mut set = None;
        let mut ids = Vec::new();
        for part in parts {
            self.flatten(part, true, &mut |term, id| match term {
                Term::Set(more) => set = Some(set.unwrap_or(Chars::ALL).intersection(*more)),
                _ => ids.push(id),
            });
        }
        ids.retain(|id| *id != self.anything);
        if let Some(set) = set {
            ids.push(self.set(set));
        }
        if ids.contains(&self.nothing) {
            return self.nothing;
        }
        if ids.contains(&self.empty) {
            let all = ids.iter().all(|id| self.takes_empty(*id));
            return if all { self.empty } else { self.nothing };
        }
        self.gather(ids, self.anything, Term::And)
    }

    pub(super) fn not(&mut self, id: Id) -> Id {
        match self.terms[id as usize] {
            Term::Not(inner) => inner,
            _ if id == self.nothing => self.anything,
            _ if id == self.anything => self.nothing,
            _ => self.store(Term::Not(id)),
        }
    }

    pub(super) fn repeat(&mut self, inner: Id, min: u32, max: Option<u32>) -> Id {
        let min = min.min(HIGHEST_COUNT);
        let max = max.filter(|max| *max <= HIGHEST_COUNT);
        match (min, max) {
            (_, Some(0)) => self.empty,
            (1, Some(1)) => inner,
            _ if inner == self.empty || inner == self.anything => inner,
            (0, _) if inner == self.nothing => self.empty,
            _ if inner == self.nothing => inner,
            _ => self.store(Term::Repeat { inner, min, max }),
        }
    }

    /// What may follow `code` in the passwords of `id`.
    pub(super) fn derivative(&mut self, id: Id, code: u8) -> Result<Id, TooComplex> {
        if let Some(known) = self.derivatives.get(&(id, code)) {
            return Ok(*known);
        }
        if self.terms.len() > MOST_TERMS {
            return Err(TooComplex);
        }
        let derivative = match self.terms[id as usize].clone() {
            Term::Set(set) if set.contains(code) => self.empty,
            Term::Set(_) | Term::Empty => self.nothing,
            Term::Concat(first, second) => {
                let rest = self.derivative(first, code)?;
                let through = self.concat(rest, second);
                if self.takes_empty(first) {
                    let past = self.derivative(second, code)?;
                    self.or([through, past])
                } else {
                    through
                }
            }
            Term::Or(parts) => {
                let rests = self.derivatives(&parts, code)?;
                self.or(rests)
            }
            Term::And(parts) => {
                let rests = self.derivatives(&parts, code)?;
                self.and(rests)
            }
            Term::Not(inner) => {
                let rest = self.derivative(inner, code)?;
                self.not(rest)
            }
            Term::Repeat { inner, min, max } => {
                let rest = self.derivative(inner, code)?;
                let again = self.repeat(inner, min.saturating_sub(1), max.map(|max| max - 1));
                self.concat(rest, again)
            }
        };
        self.derivatives.insert((id, code), derivative);
        Ok(derivative)
    }

    fn derivatives(&mut self, parts: &[Id], code: u8) -> Result<Vec<Id>, TooComplex> {
        parts.iter().map(|part| self.derivative(*part, code)).collect()
    }

    fn begins_with_anything(&self, id: Id) -> bool {
        id == self.anything
            || matches!(self.terms[id as usize], Term::Concat(first, _) if first == self.anything)
    }

    /// Shows the parts of an "and", or of an "or", or `id` itself when it is none.
    fn flatten(&self, id: Id, and: bool, see: &mut impl FnMut(&Term, Id)) {
        match &self.terms[id as usize] {
            Term::And(parts) if and => parts
                .iter()
                .for_each(|part| see(&self.terms[*part as usize], *part)),
            Term::Or(parts) if !and => parts
                .iter()
                .for_each(|part| see(&self.terms[*part as usize], *part)),
            term => see(term, id),
        }
    }

    fn gather(&mut self, mut ids: Vec<Id>, of_none: Id, wrap: impl FnOnce(Box<[Id]>) -> Term) -> Id {
        ids.sort_unstable();
        ids.dedup();
        match ids[..] {
            [] => of_none,
            [only] => only,
            _ => self.store(wrap(ids.into())),
        }
    }

    fn store(&mut self, term: Term) -> Id {
        if let Some(id) = self.ids.get(&term) {
            return *id;
        }
        let takes_empty = match &term {
            Term::Set(_) => false,
            Term::Empty => true,
            Term::Concat(first, second) => self.takes_empty(*first) && self.takes_empty(*second),
            Term::Or(parts) => parts.iter().any(|part| self.takes_empty(*part)),
            Term::And(parts) => parts.iter().all(|part| self.takes_empty(*part)),
            Term::Not(inner) => !self.takes_empty(*inner),
            Term::Repeat { inner, min, .. } => *min == 0 || self.takes_empty(*inner),
        };
        let id = u32::try_from(self.terms.len()).unwrap_or(u32::MAX);
        self.terms.push(term.clone());
        self.takes_empty.push(takes_empty);
        self.ids.insert(term, id);
        id
    }
}
