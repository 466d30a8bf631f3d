//! The name of an account that people see.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The longest full name that is taken, in bytes.
pub const LONGEST_FULL_NAME: usize = 255;

/// An account's full name, such as `Ada Lovelace`.
///
/// It is never blank, at most [`LONGEST_FULL_NAME`] bytes, holds no control character, and does not begin with `-`,
/// which Apple's tools would read as an option.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "String", into = "String")]
pub struct FullName(String);

impl FullName {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a text cannot be a full name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAFullName {
    /// Nothing was given.
    #[error("a full name must not be blank")]
    Blank,
    /// It exceeds what is taken.
    #[error("a full name has at most {LONGEST_FULL_NAME} bytes")]
    TooLong,
    /// Apple's tools would misread it.
    #[error("a full name does not begin with a hyphen")]
    LeadingHyphen,
    /// It holds a control character.
    #[error("a full name holds no control characters")]
    ControlCharacter,
}

impl FromStr for FullName {
    type Err = NotAFullName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.trim().is_empty() {
            return Err(NotAFullName::Blank);
        }
        if text.len() > LONGEST_FULL_NAME {
            return Err(NotAFullName::TooLong);
        }
        if text.starts_with('-') {
            return Err(NotAFullName::LeadingHyphen);
        }
        if text.chars().any(char::is_control) {
            return Err(NotAFullName::ControlCharacter);
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for FullName {
    type Error = NotAFullName;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<FullName> for String {
    fn from(name: FullName) -> Self {
        name.0
    }
}

impl fmt::Display for FullName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_tool_would_misread_is_refused() {
        use NotAFullName::*;
        for (text, why) in [
            ("  ", Blank),
            ("-admin", LeadingHyphen),
            ("a\tb", ControlCharacter),
        ] {
            assert_eq!(text.parse::<FullName>(), Err(why), "{text:?}");
        }
        assert_eq!("x".repeat(256).parse::<FullName>(), Err(TooLong));
        for text in ["Ada Lovelace", "Ben O'Neill; 100%", "田中 恵美 🌸"] {
            assert_eq!(text.parse::<FullName>().unwrap().as_str(), text);
        }
    }
}
