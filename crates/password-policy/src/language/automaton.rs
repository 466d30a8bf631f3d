//! A finite automaton over classes of characters.

use std::collections::HashMap;

use super::TooComplex;
use super::classes::Classes;
use super::term::{Id, Terms};

/// No rule needs more states than this.
const MOST_STATES: usize = 10_000;
/// The longest password that is looked at: as long as what Apple's prompts take, and their end.
pub(super) const LONGEST: u32 = 127;

/// Which passwords are accepted. It starts in state 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Automaton {
    /// The state behind each state and class: `next[state * classes + class]`.
    next: Vec<u32>,
    accepts: Vec<bool>,
    classes: usize,
}

impl Automaton {
    /// The automaton that accepts every password, or none.
    pub(super) fn constant(accepts: bool, classes: &Classes) -> Self {
        Self {
            next: vec![0; classes.len()],
            accepts: vec![accepts],
            classes: classes.len(),
        }
    }

    /// The smallest automaton that accepts the passwords of `id`.
    pub(super) fn of(terms: &mut Terms, id: Id, classes: &Classes) -> Result<Self, TooComplex> {
        let mut states = vec![id];
        let mut numbers = HashMap::from([(id, 0)]);
        let mut next = Vec::new();
        let mut at = 0;
        while let Some(state) = states.get(at).copied() {
            for code in classes.representatives() {
                let behind = terms.derivative(state, code)?;
                let number = *numbers.entry(behind).or_insert_with(|| {
                    states.push(behind);
                    states.len() - 1
                });
                next.push(u32::try_from(number).map_err(|_| TooComplex)?);
            }
            at += 1;
            if states.len() > MOST_STATES {
                return Err(TooComplex);
            }
        }
        let accepts = states.iter().map(|state| terms.takes_empty(*state)).collect();
        let whole = Self {
            next,
            accepts,
            classes: classes.len(),
        };
        Ok(whole.smallest())
    }

    /// The automaton that accepts what this one does not.
    pub(super) fn complement(mut self) -> Self {
        self.accepts.iter_mut().for_each(|accepts| *accepts = !*accepts);
        self
    }

    /// The smallest automaton that accepts a password by what both say to it.
    pub(super) fn beside(&self, other: &Self, operator: fn(bool, bool) -> bool) -> Result<Self, TooComplex> {
        let mut states = vec![(0, 0)];
        let mut numbers = HashMap::from([((0, 0), 0)]);
        let mut next = Vec::new();
        let mut at = 0;
        while let Some((one, another)) = states.get(at).copied() {
            for class in 0..self.classes {
                let behind = (self.step(one, class), other.step(another, class));
                let number = *numbers.entry(behind).or_insert_with(|| {
                    states.push(behind);
                    states.len() - 1
                });
                next.push(u32::try_from(number).map_err(|_| TooComplex)?);
            }
            at += 1;
            if states.len() > MOST_STATES {
                return Err(TooComplex);
            }
        }
        let accepts = states
            .iter()
            .map(|(one, another)| operator(self.accepts(*one), other.accepts(*another)));
        let whole = Self {
            next,
            accepts: accepts.collect(),
            classes: self.classes,
        };
        Ok(whole.smallest())
    }

    pub(super) fn step(&self, state: u32, class: usize) -> u32 {
        self.next[state as usize * self.classes + class]
    }

    pub(super) fn accepts(&self, state: u32) -> bool {
        self.accepts[state as usize]
    }

    /// Whether it accepts any password, however long.
    pub(super) fn accepts_something(&self) -> bool {
        // Every state can be reached: they are made by going there.
        self.accepts.contains(&true)
    }

    /// When it asks for the length only: which lengths up to [`LONGEST`] it accepts, as bits. `usable` are the classes
    /// that may come.
    pub(super) fn lengths_only(&self, usable: &[usize]) -> Option<u128> {
        let mut lengths = 0;
        let mut state = 0;
        for length in 0..=LONGEST {
            if self.accepts(state) {
                lengths |= 1 << length;
            }
            let mut behind = usable.iter().map(|class| self.step(state, *class));
            let first = behind.next()?;
            if behind.any(|other| other != first) {
                return None;
            }
            state = first;
        }
        Some(lengths)
    }

    /// The same with states that cannot be told apart made one (Moore's method).
    fn smallest(&self) -> Self {
        let states = self.accepts.len();
        let mut blocks: Vec<u32> = self.accepts.iter().map(|accepts| u32::from(*accepts)).collect();
        let mut count = 0;
        loop {
            let mut numbers = HashMap::new();
            let refined: Vec<u32> = (0..states)
                .map(|state| {
                    let behind = &self.next[state * self.classes..(state + 1) * self.classes];
                    let signature: Vec<u32> = std::iter::once(blocks[state])
                        .chain(behind.iter().map(|next| blocks[*next as usize]))
                        .collect();
                    let fresh = numbers.len();
                    *numbers.entry(signature).or_insert(fresh) as u32
                })
                .collect();
            blocks = refined;
            if numbers.len() == count {
                break;
            }
            count = numbers.len();
        }
        // State 0 came first, so its block is block 0.
        let mut next = vec![0; count * self.classes];
        let mut accepts = vec![false; count];
        for state in 0..states {
            let block = blocks[state] as usize;
            accepts[block] = self.accepts[state];
            for class in 0..self.classes {
                next[block * self.classes + class] = blocks[self.step(state as u32, class) as usize];
            }
        }
        Self {
            next,
            accepts,
            classes: self.classes,
        }
    }
}
