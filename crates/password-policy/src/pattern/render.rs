//! Writes an expression down for `fancy_regex`, whose language differs from ICU's in many small things.
//!
//! Every set is spelled out, so that nothing depends on what a letter or a name means to the engine. Possessive
//! repetitions become atomic groups, word boundaries become looks around.

use std::fmt::Write as _;

use super::ast::{Greed, Node};
use super::named_sets;
use crate::chars::Chars;

/// The expression for the engine, to be matched by the whole password.
pub(super) fn whole(node: &Node) -> String {
    let mut writer = Writer {
        text: r"\A(?:".to_owned(),
        numbered: has_references(node),
    };
    writer.node(node);
    writer.text.push_str(r")\z");
    writer.text
}

fn has_references(node: &Node) -> bool {
    match node {
        Node::Backreference(_) => true,
        Node::Concat(parts) | Node::Alternate(parts) => parts.iter().any(has_references),
        Node::Capture(inner)
        | Node::Atomic(inner)
        | Node::Repeat { inner, .. }
        | Node::Look { inner, .. } => has_references(inner),
        Node::Set(_) | Node::Start | Node::End | Node::WordBoundary { .. } => false,
    }
}

struct Writer {
    text: String,
    /// Whether groups need their numbers.
    numbered: bool,
}

impl Writer {
    fn node(&mut self, node: &Node) {
        match node {
            Node::Set(set) => self.set(*set),
            Node::Concat(parts) => parts.iter().for_each(|part| self.part(part)),
            Node::Alternate(parts) => {
                for (index, part) in parts.iter().enumerate() {
                    if index > 0 {
                        self.text.push('|');
                    }
                    self.node(part);
                }
            }
            Node::Capture(inner) if self.numbered => self.group("(", inner),
            Node::Capture(inner) => self.group("(?:", inner),
            Node::Atomic(inner) => self.group("(?>", inner),
            Node::Repeat {
                inner,
                min,
                max,
                greed,
            } => self.repeat(inner, (*min, *max), *greed),
            Node::Look {
                ahead,
                negative,
                inner,
            } => {
                let open = match (ahead, negative) {
                    (true, false) => "(?=",
                    (true, true) => "(?!",
                    (false, false) => "(?<=",
                    (false, true) => "(?<!",
                };
                self.group(open, inner);
            }
            Node::Start => self.text.push_str(r"\A"),
            Node::End => self.text.push_str(r"\z"),
            Node::WordBoundary { negated } => self.word_boundary(*negated),
            Node::Backreference(number) => {
                let _ = write!(self.text, r"(?:\{number})");
            }
        }
    }

    /// One of several in a row.
    fn part(&mut self, part: &Node) {
        match part {
            Node::Alternate(_) => self.group("(?:", part),
            _ => self.node(part),
        }
    }

    fn group(&mut self, open: &str, inner: &Node) {
        self.text.push_str(open);
        self.node(inner);
        self.text.push(')');
    }

    fn repeat(&mut self, inner: &Node, (min, max): (u32, Option<u32>), greed: Greed) {
        if greed == Greed::Possessive {
            self.text.push_str("(?>");
        }
        self.group("(?:", inner);
        let _ = match max {
            Some(max) => write!(self.text, "{{{min},{max}}}"),
            None => write!(self.text, "{{{min},}}"),
        };
        match greed {
            Greed::Greedy => {}
            Greed::Lazy => self.text.push('?'),
            Greed::Possessive => self.text.push(')'),
        }
    }

    fn set(&mut self, set: Chars) {
        if set.is_empty() {
            // Nothing is in it.
            self.text.push_str(r"[^\x00-\x{10FFFF}]");
            return;
        }
        self.text.push('[');
        let mut codes = set.iter().peekable();
        while let Some(first) = codes.next() {
            let mut last = first;
            while let Some(next) = codes.next_if_eq(&(last + 1)) {
                last = next;
            }
            let _ = write!(self.text, r"\x{first:02X}-\x{last:02X}");
        }
        self.text.push(']');
    }

    fn word_boundary(&mut self, negated: bool) {
        let word = Node::Set(named_sets::word());
        let (inside, outside) = if negated { ("(?=", "(?!") } else { ("(?!", "(?=") };
        for (index, (before, after)) in [("(?<=", inside), ("(?<!", outside)].into_iter().enumerate() {
            self.text.push_str(if index == 0 { "(?:" } else { "|" });
            self.group(before, &word);
            self.group(after, &word);
        }
        self.text.push(')');
    }
}
