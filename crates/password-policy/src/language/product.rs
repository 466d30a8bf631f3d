//! Several automata side by side: what all of them accept, and how long that can be.

use std::collections::HashMap;

use super::TooComplex;
use super::automaton::{Automaton, LONGEST};

/// No policy needs more states than this.
const MOST_STATES: usize = 60_000;

/// What several automata accept together, over the classes that may come. It starts in state 0.
#[derive(Debug)]
pub(crate) struct Product {
    /// The state behind each state and usable class.
    next: Vec<u32>,
    /// For each state: after how many more characters it can accept, as bits.
    rests: Vec<u128>,
    usable: usize,
    /// The lengths that the automata that ask for nothing else accept.
    lengths: u128,
}

impl Product {
    /// Puts `automata` side by side. Only the classes `usable` may come.
    pub(super) fn of<'a>(
        automata: impl IntoIterator<Item = &'a Automaton>,
        usable: &[usize],
    ) -> Result<Self, TooComplex> {
        let mut lengths = u128::MAX;
        let mut others = Vec::new();
        for automaton in automata {
            match automaton.lengths_only(usable) {
                Some(only) => lengths &= only,
                None => others.push(automaton),
            }
        }
        let start = vec![0; others.len()];
        let mut numbers = HashMap::from([(start.clone(), 0)]);
        let mut states: Vec<Vec<u32>> = vec![start];
        let mut next = Vec::new();
        let mut at = 0;
        while at < states.len() {
            for class in usable {
                let steps = others.iter().zip(&states[at]);
                let behind: Vec<u32> = steps
                    .map(|(automaton, state)| automaton.step(*state, *class))
                    .collect();
                let fresh = u32::try_from(states.len()).map_err(|_| TooComplex)?;
                let number = *numbers.entry(behind).or_insert_with_key(|behind| {
                    states.push(behind.clone());
                    fresh
                });
                next.push(number);
            }
            at += 1;
            if states.len() > MOST_STATES {
                return Err(TooComplex);
            }
        }
        let accepts = states.iter().map(|state| {
            let mut both = others.iter().zip(state);
            both.all(|(automaton, state)| automaton.accepts(*state))
        });
        let rests = rests(&next, accepts.map(u128::from).collect(), usable.len());
        Ok(Self {
            next,
            rests,
            usable: usable.len(),
            lengths,
        })
    }

    /// The lengths that a password can have, shortest first. The empty password does not count.
    pub(crate) fn lengths(&self) -> impl DoubleEndedIterator<Item = u32> + use<> {
        let lengths = self.rests[0] & self.lengths;
        (1..=LONGEST).filter(move |length| lengths & (1 << length) != 0)
    }

    /// Whether a password can have this length.
    pub(crate) fn has_length(&self, length: u32) -> bool {
        self.lengths().any(|other| other == length)
    }

    /// Whether no password is accepted.
    pub(crate) fn is_empty(&self) -> bool {
        self.lengths().next().is_none()
    }

    /// The state behind `state` and a usable class, by its place among these.
    pub(crate) fn step(&self, state: u32, class: usize) -> u32 {
        self.next[state as usize * self.usable + class]
    }

    /// Whether `state` accepts after exactly `more` characters. What asks for the whole length only plays no part.
    pub(crate) fn can_end(&self, state: u32, more: u32) -> bool {
        self.rests[state as usize] & (1 << more) != 0
    }
}

/// After how many more characters each state can accept, from which states accept at once.
fn rests(next: &[u32], mut rests: Vec<u128>, usable: usize) -> Vec<u128> {
    loop {
        let mut changed = false;
        // States are numbered from the start outwards, so the ends come first this way.
        for state in (0..rests.len()).rev() {
            let behind = &next[state * usable..(state + 1) * usable];
            let more = behind
                .iter()
                .fold(0, |more, next| more | rests[*next as usize] << 1);
            let both = rests[state] | more;
            changed |= both != rests[state];
            rests[state] = both;
        }
        if !changed {
            return rests;
        }
    }
}
