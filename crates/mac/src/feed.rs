//! What a tool gets to read: the only way that a secret takes.

use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

use crate::{PromptAnswer, Reply, SecretDocument};

/// The longest secret, in bytes, that a tool reads from a terminal: `getpass` cuts off the rest without a word.
pub const PROMPT_LIMIT: usize = 128;

/// What a tool gets to read.
///
/// A feed that exists can be fed: its secrets fit the channel. `Debug` shows its shape only.
pub struct Feed(Kind);

enum Kind {
    Nothing,
    Lines(Vec<SecretString>),
    Document(SecretDocument),
    Terminal(Vec<PromptAnswer>),
}

/// Why a secret cannot take the way that the tool offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfeedable {
    /// The tool would cut the secret off and then find it wrong.
    #[error("secret is longer than the {limit} bytes that can be handed over this way")]
    TooLong {
        /// The longest secret in bytes.
        limit: usize,
    },
    /// A control character ends a line, edits it, or interrupts the tool.
    #[error("secret holds a control character, which cannot be handed over this way")]
    ControlCharacter,
}

impl Feed {
    /// Nothing to read: standard input is closed.
    pub fn nothing() -> Self {
        Self(Kind::Nothing)
    }

    /// One secret per line on standard input, in this order.
    ///
    /// # Errors
    /// When a secret holds a control character, since it would not stay one line.
    pub fn lines(secrets: impl IntoIterator<Item = SecretString>) -> Result<Self, Unfeedable> {
        let secrets: Vec<_> = secrets.into_iter().collect();
        for secret in &secrets {
            refuse_control_characters(secret.expose_secret())?;
        }
        Ok(Self(Kind::Lines(secrets)))
    }

    /// A document on standard input, such as a property list.
    pub fn document(document: SecretDocument) -> Self {
        Self(Kind::Document(document))
    }

    /// A terminal of its own, with these answers to prompts.
    pub fn terminal(answers: impl IntoIterator<Item = PromptAnswer>) -> Self {
        Self(Kind::Terminal(answers.into_iter().collect()))
    }

    /// The bytes of standard input, or `None` when there is nothing to read there.
    pub fn stdin(&self) -> Option<Zeroizing<Vec<u8>>> {
        match &self.0 {
            Kind::Nothing | Kind::Terminal(_) => None,
            Kind::Document(document) => Some(Zeroizing::new(document.bytes().to_vec())),
            Kind::Lines(secrets) => {
                let length = secrets
                    .iter()
                    .map(|secret| secret.expose_secret().len() + 1)
                    .sum();
                let mut bytes = Zeroizing::new(Vec::with_capacity(length));
                for secret in secrets {
                    bytes.extend_from_slice(secret.expose_secret().as_bytes());
                    bytes.push(b'\n');
                }
                Some(bytes)
            }
        }
    }

    /// The answers to prompts, in order, or `None` when the call has no terminal.
    pub fn prompt_answers(&self) -> Option<&[PromptAnswer]> {
        match &self.0 {
            Kind::Terminal(answers) => Some(answers),
            Kind::Nothing | Kind::Lines(_) | Kind::Document(_) => None,
        }
    }

    /// Every secret in the feed, so that a runner can keep them out of what it gives back.
    pub fn secrets(&self) -> Vec<&SecretString> {
        match &self.0 {
            Kind::Nothing => Vec::new(),
            Kind::Lines(secrets) => secrets.iter().collect(),
            Kind::Document(document) => document.secrets().iter().collect(),
            Kind::Terminal(answers) => answers
                .iter()
                .filter_map(|answer| match &answer.reply {
                    Reply::Secret(secret) => Some(secret),
                    Reply::Text(_) | Reply::HangUp => None,
                })
                .collect(),
        }
    }
}

impl fmt::Debug for Feed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Nothing => out.write_str("Feed::nothing"),
            Kind::Lines(secrets) => write!(out, "Feed::lines({} secrets)", secrets.len()),
            Kind::Document(_) => out.write_str("Feed::document"),
            Kind::Terminal(answers) => out.debug_tuple("Feed::terminal").field(answers).finish(),
        }
    }
}

pub(crate) fn refuse_control_characters(secret: &str) -> Result<(), Unfeedable> {
    if secret.chars().any(char::is_control) {
        Err(Unfeedable::ControlCharacter)
    } else {
        Ok(())
    }
}

pub(crate) fn refuse_longer_than(limit: usize, secret: &SecretString) -> Result<(), Unfeedable> {
    if secret.expose_secret().len() > limit {
        Err(Unfeedable::TooLong { limit })
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::{Feed, Unfeedable};

    #[test]
    fn lines_are_fed_in_order_each_with_its_end() {
        let feed =
            Feed::lines([SecretString::from("granter"), SecretString::from("target 🔑")]).expect("two lines");
        assert_eq!(
            feed.stdin().as_deref().map(Vec::as_slice),
            Some("granter\ntarget 🔑\n".as_bytes())
        );
        assert!(feed.prompt_answers().is_none());
        assert_eq!(feed.secrets().len(), 2);
    }

    #[test]
    fn a_secret_cannot_become_two_lines() {
        let refused = Feed::lines([SecretString::from("one\ntwo")]).err();
        assert_eq!(refused, Some(Unfeedable::ControlCharacter));
    }

    #[test]
    fn nothing_is_no_empty_document() {
        assert!(Feed::nothing().stdin().is_none());
    }
}
