//! The chain of trust as a picture. The list below it tells the same in words.

use maud::{Markup, html};
use trust::token::TokenState;
use trust::words;

use super::chain_tree::{Holder, Node, tree};
use super::page::Shown;
use crate::console::components::empty;

/// Height of a row, and of the box in it.
const ROW: usize = 60;
const BOX: usize = 44;

/// How far a row is indented per step from the beginning.
const STEP: usize = 28;

/// Width of a box, and of the whole picture beside the steps.
const WIDTH: usize = 250;

/// The picture.
pub(super) fn picture(shown: &Shown) -> Markup {
    let Some(observation) = &shown.observation else {
        return empty("The chain is drawn when the Mac has been seen.");
    };
    if observation.knows_secure_token() == Some(false) {
        return empty("This Mac knows no Secure Tokens, so there is no chain to draw.");
    }
    let nodes = tree(observation, &shown.edges);
    let is_broken = nodes.is_empty();
    let rows = nodes.len().max(1);
    let depth = nodes.iter().map(|node| node.depth).max().unwrap_or(0);
    let (width, height) = (depth * STEP + WIDTH + 4, rows * ROW);
    html! {
        figure.chain {
            svg role="img" aria-labelledby="chain-of-trust" aria-describedby="chain-in-words" width=(width) height=(height)
                viewBox={ "0 0 " (width) " " (height) } {
                @for (place, node) in nodes.iter().enumerate() { (way(&nodes, place, node)) }
                @for (place, node) in nodes.iter().enumerate() { (place_of(place, node)) }
                @if is_broken { (broken()) }
            }
        }
    }
}

/// The line from the one that handed on, with its head at the one that received.
fn way(nodes: &[Node<'_>], place: usize, node: &Node<'_>) -> Markup {
    let Some(parent) = node.parent else {
        return html! {};
    };
    let from_x = nodes[parent].depth * STEP + STEP / 2 + 2;
    let from_y = parent * ROW + ROW.midpoint(BOX);
    let (to_x, to_y) = (node.depth * STEP + 2, place * ROW + ROW / 2);
    html! {
        path class=(if node.proved { "way" } else { "way inferred" })
            d={ "M" (from_x) " " (from_y) "V" (to_y) "H" (to_x - 2) } {}
        path.head d={ "M" (to_x - 7) " " (to_y - 5) "l6 5l-6 5" } {}
    }
}

fn place_of(place: usize, node: &Node<'_>) -> Markup {
    let (x, y) = (node.depth * STEP + 2, place * ROW + (ROW - BOX) / 2);
    let (class, name, below) = match &node.holder {
        Holder::Beginning(words) => ("beginning", words.clone(), None),
        Holder::Gone(name) => ("gone", name.clone(), Some("holds none now".to_owned())),
        Holder::Account(member) => {
            let class = match member.token {
                TokenState::Usable { .. } => "usable",
                _ => "unverified",
            };
            let role = words::role(member.account.administrator);
            let below = format!("{}, {role}", member.token.word());
            (class, member.account.record_name.clone(), Some(below))
        }
    };
    let middle = y + BOX / 2;
    html! {
        g class={ "place " (class) } {
            rect x=(x) y=(y) width=(WIDTH - 2) height=(BOX) rx="8" {}
            text x=(x + 14) y=(if below.is_some() { middle - 3 } else { middle + 5 }) { (shortened(&name)) }
            @if let Some(below) = below { text.below x=(x + 14) y=(middle + 14) { (below) } }
        }
    }
}

fn broken() -> Markup {
    html! {
        g.place.broken {
            rect x="2" y=((ROW - BOX) / 2) width=(WIDTH - 2) height=(BOX) rx="8" {}
            text x="16" y=(ROW / 2 - 3) { "No holder" }
            text.below x="16" y=(ROW / 2 + 14) { "there is nothing to hand on" }
        }
    }
}

/// A name that fits into a box.
fn shortened(name: &str) -> String {
    const LONGEST: usize = 28;
    if name.chars().count() <= LONGEST {
        return name.to_owned();
    }
    let mut short: String = name.chars().take(LONGEST - 1).collect();
    short.push('…');
    short
}
