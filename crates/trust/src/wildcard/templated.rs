//! A name that may be a template.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::text::{Piece, pieces};
use super::{Field, Unresolved, Values, Why, Word, escape, is_template};

/// The longest template, in bytes.
const LONGEST_TEMPLATE: usize = 1_000;

/// A name as it was asked for: one for every Mac, checked at once, or a template.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(
    try_from = "String",
    into = "String",
    bound(deserialize = "T: FromStr, T::Err: fmt::Display", serialize = "T: AsName")
)]
pub enum Templated<T> {
    /// The same for every Mac.
    Name(T),
    /// Another one for each Mac.
    Template(String),
}

/// A name that can be written as text.
pub trait AsName: Clone {
    /// The name as text.
    fn as_name(&self) -> &str;
}

impl AsName for crate::name::AccountName {
    fn as_name(&self) -> &str {
        self.as_str()
    }
}

impl AsName for crate::name::FullName {
    fn as_name(&self) -> &str {
        self.as_str()
    }
}

/// Why a text can be neither a name nor a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotTemplated<E> {
    /// It is no template, and no name either.
    #[error(transparent)]
    Name(E),
    /// It exceeds what is taken.
    #[error("a text with wildcards has at most {LONGEST_TEMPLATE} bytes")]
    TooLong,
}

impl<T: AsName + FromStr> Templated<T> {
    /// The name for one Mac.
    pub fn resolve(&self, values: &Values<'_>, field: Field) -> Result<T, Unresolved> {
        match self {
            Self::Name(name) => Ok(name.clone()),
            Self::Template(text) => values.resolve(text, field)?.parse().map_err(|_| Unresolved {
                field,
                wildcard: first_word(text),
                why: Why::Unfit,
            }),
        }
    }
}

impl<T: AsName> Templated<T> {
    /// The same name for every Mac, whatever it contains.
    pub fn exactly(name: T) -> Self {
        if is_template(name.as_name()) {
            Self::Template(escape(name.as_name()))
        } else {
            Self::Name(name)
        }
    }

    /// Whether `name` can be what this means on some Mac: the name itself, or anything where it is a template.
    pub fn allows(&self, name: &T) -> bool
    where
        T: PartialEq,
    {
        match self {
            Self::Name(own) => own == name,
            Self::Template(_) => true,
        }
    }

    /// The text as it was asked for.
    pub fn as_text(&self) -> &str {
        match self {
            Self::Name(name) => name.as_name(),
            Self::Template(text) => text,
        }
    }
}

impl<T> Templated<T> {
    /// Whether it is a template.
    pub fn is_template(&self) -> bool {
        matches!(self, Self::Template(_))
    }
}

impl<T: FromStr> FromStr for Templated<T> {
    type Err = NotTemplated<T::Err>;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if !is_template(text) {
            text.parse().map(Self::Name).map_err(NotTemplated::Name)
        } else if text.len() > LONGEST_TEMPLATE {
            Err(NotTemplated::TooLong)
        } else {
            Ok(Self::Template(text.to_owned()))
        }
    }
}

impl<T: FromStr> TryFrom<String> for Templated<T> {
    type Error = NotTemplated<T::Err>;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl<T: AsName> From<Templated<T>> for String {
    fn from(templated: Templated<T>) -> Self {
        templated.as_text().to_owned()
    }
}

fn first_word(template: &str) -> Option<Word> {
    pieces(template).find_map(|piece| match piece {
        Piece::Word(word) => Word::parse(word),
        Piece::Text(_) => None,
    })
}
