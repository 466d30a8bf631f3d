//! Automata and the engine are two ways to the same answer.

use super::automaton::Automaton;
use super::classes::Classes;
use super::term::Terms;
use super::translate;
use crate::chars::Chars;
use crate::pattern::{Node, Pattern};
use crate::verdict::Truth;

/// SplitMix64: what counts is that a seed always gives the same.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        (mixed ^ (mixed >> 27)) as usize % bound
    }

    fn one_of<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

const SETS: [&str; 8] = [".", "[a-z]", "[^a-z]", "[0-9]", "a", "b", "[ab1]", r"\W"];
const GROUPS: [&str; 9] = ["(", "(?:", "(?=", "(?!", "(?=.*", "(?!.*", "(?>", "(?<=", "(?<!"];
const COUNTS: [&str; 9] = ["*", "+", "?", "{2}", "{0,2}", "{2,}", "*?", "{1,}+", "{3,5}"];

fn expression(draw: &mut Draw, depth: usize) -> String {
    let mut text = String::new();
    for _ in 0..=draw.below(3) {
        match draw.below(if depth < 3 { 8 } else { 4 }) {
            0..=2 => text.push_str(draw.one_of(&SETS)),
            3 => {
                text.push_str(draw.one_of(&["^", "$", r"\b"]));
                continue;
            }
            4 => text.push_str(&format!(
                "{}|{}",
                expression(draw, depth + 1),
                expression(draw, depth + 1)
            )),
            _ => {
                let group = draw.one_of(&GROUPS);
                text.push_str(&format!("{group}{})", expression(draw, depth + 1)));
                if group.starts_with("(?=") || group.starts_with("(?!") || group.starts_with("(?<") {
                    continue;
                }
            }
        }
        if draw.below(2) == 0 {
            text.push_str(draw.one_of(&COUNTS));
        }
    }
    text
}

/// Whether the automaton of an expression takes a password, and whether its word is final.
fn automaton(node: &Node) -> Option<(Automaton, Classes, bool)> {
    let mut sets = Vec::new();
    node.each_set(&mut |set| sets.push(set));
    let classes = Classes::telling_apart(sets);
    let mut terms = Terms::new();
    let matched = translate::matched(&mut terms, node);
    let automaton = Automaton::of(&mut terms, matched.term, &classes).ok()?;
    Some((automaton, classes, matched.exact))
}

fn takes(automaton: &Automaton, classes: &Classes, password: &str) -> bool {
    let state = password.bytes().fold(0, |state, code| {
        let class = classes.iter().position(|class: Chars| class.contains(code));
        automaton.step(state, class.expect("the classes are all characters"))
    });
    automaton.accepts(state)
}

#[test]
fn automaton_and_engine_agree_on_random_expressions() {
    let (mut read, mut exact) = (0, 0);
    for seed in 0..4_000 {
        let mut draw = Draw(seed);
        let text = expression(&mut draw, 0);
        let Ok(pattern) = Pattern::new(&text, false) else {
            continue;
        };
        let Some((automaton, classes, is_exact)) = automaton(pattern.node()) else {
            continue;
        };
        read += 1;
        exact += u32::from(is_exact);
        for _ in 0..40 {
            let password: String = (0..draw.below(8))
                .map(|_| draw.one_of(&["a", "b", "1", "-", "A"]))
                .collect();
            let taken = takes(&automaton, &classes, &password);
            match pattern.matches(&password) {
                Truth::Yes => assert!(taken, "seed {seed}: {text} matches {password:?}"),
                Truth::No => assert!(
                    !(taken && is_exact),
                    "seed {seed}: {text} does not match {password:?}"
                ),
                Truth::Unknown(_) => {}
            }
        }
    }
    assert!(read > 2_000 && exact > 1_000, "{read} read, {exact} exact");
}

#[test]
fn automata_are_as_small_as_can_be() {
    for (text, states) in [
        (".{12,}", 13),
        ("(.*[a-z].*){4,}+", 5),
        ("(?=.*[a-z])(?=.*[0-9]).*", 4),
        ("^$|.{4,}+", 5),
        ("(?!.*aa).*", 3),
    ] {
        let pattern = Pattern::new(text, false).unwrap();
        let (automaton, classes, _) = automaton(pattern.node()).unwrap();
        let mut reached = vec![0];
        let mut at = 0;
        while at < reached.len() {
            for class in 0..classes.len() {
                let next = automaton.step(reached[at], class);
                if !reached.contains(&next) {
                    reached.push(next);
                }
            }
            at += 1;
        }
        assert_eq!(reached.len(), states, "{text}");
    }
}
