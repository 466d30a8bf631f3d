//! A place in the text of an expression.

use super::Unsupported;

/// The text of an expression and how far it has been read.
pub(super) struct Cursor {
    text: Vec<char>,
    at: usize,
}

impl Cursor {
    pub(super) fn new(text: &str) -> Self {
        Self {
            text: text.chars().collect(),
            at: 0,
        }
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    pub(super) fn peek_second(&self) -> Option<char> {
        self.text.get(self.at + 1).copied()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let next = self.peek();
        self.at += usize::from(next.is_some());
        next
    }

    /// Reads `wanted` when it comes next.
    pub(super) fn take(&mut self, wanted: &str) -> bool {
        let there = self.starts_with(wanted);
        if there {
            self.at += wanted.chars().count();
        }
        there
    }

    pub(super) fn starts_with(&self, wanted: &str) -> bool {
        let mut rest = self.text[self.at..].iter();
        wanted.chars().all(|character| rest.next() == Some(&character))
    }

    /// Reads up to `end`, which is read too.
    pub(super) fn until(&mut self, end: &str, what: &'static str) -> Result<String, Unsupported> {
        let mut read = String::new();
        while !self.take(end) {
            read.push(self.next().ok_or(Unsupported(what))?);
        }
        Ok(read)
    }

    /// Reads digits while they are some and `most` are not reached.
    pub(super) fn digits(&mut self, radix: u32, most: usize) -> Option<u32> {
        let mut read = String::new();
        while read.len() < most
            && let Some(digit) = self.peek().filter(|character| character.is_digit(radix))
        {
            read.push(digit);
            self.at += 1;
        }
        u32::from_str_radix(&read, radix).ok()
    }
}
