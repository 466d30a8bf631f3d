//! The chain of trust as a tree: where tokens came from, who has them, and to whom they were handed on.

use trust::chain::{self, Member};
use trust::observation::Observation;
use trust::outcome::TrustEdge;
use trust::provenance::{Confidence, Origin, Provenance, provenance};

use crate::console::components::origin_words;

/// A place in the tree, in the order in which it is drawn: each comes right before those that it handed on to.
pub(super) struct Node<'a> {
    /// How far from a root.
    pub depth: usize,
    /// The place of the one that it came from.
    pub parent: Option<usize>,
    /// Whether the way from there is proved.
    pub proved: bool,
    /// What stands there.
    pub holder: Holder<'a>,
}

/// What stands at a place.
pub(super) enum Holder<'a> {
    /// Where the chain begins.
    Beginning(String),
    /// An account that has a token.
    Account(Member<'a>),
    /// An account that handed one on and has none any more, or is gone.
    Gone(String),
}

/// The places of the chain; empty when nobody holds a token.
pub(super) fn tree<'a>(observation: &'a Observation, edges: &[TrustEdge]) -> Vec<Node<'a>> {
    let members = chain::members(observation);
    let holders: Vec<(Member<'a>, Provenance)> = members
        .iter()
        .filter_map(|member| Some((*member, provenance(member.account, observation, edges)?)))
        .collect();
    let mut grower = Grower {
        holders: &holders,
        edges,
        nodes: Vec::new(),
        placed: Vec::new(),
    };
    for (member, provenance) in &holders {
        if !matches!(provenance.origin, Origin::Granted { .. }) {
            grower.begin_with(*member, provenance);
        }
    }
    // What is left was handed on by accounts that hold nothing now.
    for (member, provenance) in &holders {
        if let Origin::Granted { by } = &provenance.origin
            && !grower.placed.contains(&member.account.guid.as_str())
        {
            grower.begin_with_gone(*member, by);
        }
    }
    grower.nodes
}

struct Grower<'a, 'h> {
    holders: &'h [(Member<'a>, Provenance)],
    edges: &'h [TrustEdge],
    nodes: Vec<Node<'a>>,
    placed: Vec<&'a str>,
}

impl<'a> Grower<'a, '_> {
    fn begin_with(&mut self, member: Member<'a>, provenance: &Provenance) {
        let words = origin_words(&provenance.origin);
        let words = words.strip_prefix("from ").unwrap_or(&words).to_owned();
        let root = self.place(0, None, true, Holder::Beginning(words));
        self.grow(member, root, 1, provenance.confidence == Confidence::Proved);
    }

    fn begin_with_gone(&mut self, member: Member<'a>, by: &str) {
        let root = self.place(0, None, true, Holder::Gone(by.to_owned()));
        self.grow(member, root, 1, true);
    }

    /// Places an account and all that it handed on. Nobody is placed twice, so that this ends even when tokens went in
    /// a circle.
    fn grow(&mut self, member: Member<'a>, parent: usize, depth: usize, proved: bool) {
        let guid = member.account.guid.as_str();
        if self.placed.contains(&guid) {
            return;
        }
        self.placed.push(guid);
        let place = self.place(depth, Some(parent), proved, Holder::Account(member));
        let holders = self.holders;
        for (target, _) in holders {
            let last = self
                .edges
                .iter()
                .rev()
                .find(|edge| edge.target_guid == target.account.guid);
            if last.is_some_and(|edge| edge.granter_guid == guid) {
                self.grow(*target, place, depth + 1, true);
            }
        }
    }

    fn place(&mut self, depth: usize, parent: Option<usize>, proved: bool, holder: Holder<'a>) -> usize {
        self.nodes.push(Node {
            depth,
            parent,
            proved,
            holder,
        });
        self.nodes.len() - 1
    }
}
