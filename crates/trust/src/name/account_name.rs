//! The record name of an account.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The longest record name that macOS keeps, in bytes.
pub const LONGEST_ACCOUNT_NAME: usize = 244;

/// An account's record name ("short name"), such as `ada`.
///
/// It is never empty, at most [`LONGEST_ACCOUNT_NAME`] bytes, holds no control character, slash or colon, and begins
/// neither with `-`, which Apple's tools would read as an option, nor with `.`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "String", into = "String")]
pub struct AccountName(String);

impl AccountName {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a text cannot be an account name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAnAccountName {
    /// Nothing was given.
    #[error("an account name must not be empty")]
    Empty,
    /// It exceeds what macOS keeps.
    #[error("an account name has at most {LONGEST_ACCOUNT_NAME} bytes")]
    TooLong,
    /// Apple's tools would misread it.
    #[error("an account name begins neither with a hyphen nor with a full stop")]
    LeadingCharacter,
    /// It holds what no record name may hold.
    #[error("an account name holds no control characters, slashes or colons")]
    ForbiddenCharacter,
}

impl FromStr for AccountName {
    type Err = NotAnAccountName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.is_empty() {
            return Err(NotAnAccountName::Empty);
        }
        if text.len() > LONGEST_ACCOUNT_NAME {
            return Err(NotAnAccountName::TooLong);
        }
        if text.starts_with(['-', '.']) {
            return Err(NotAnAccountName::LeadingCharacter);
        }
        if text.chars().any(|c| c.is_control() || matches!(c, '/' | ':')) {
            return Err(NotAnAccountName::ForbiddenCharacter);
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for AccountName {
    type Error = NotAnAccountName;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<AccountName> for String {
    fn from(name: AccountName) -> Self {
        name.0
    }
}

impl fmt::Display for AccountName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_a_tool_would_misread_are_refused() {
        use NotAnAccountName::*;
        let cases = [
            ("", Empty),
            ("-admin", LeadingCharacter),
            (".hidden", LeadingCharacter),
            ("a/b", ForbiddenCharacter),
            ("a\nb", ForbiddenCharacter),
        ];
        for (text, why) in cases {
            assert_eq!(text.parse::<AccountName>(), Err(why), "{text:?}");
        }
        assert_eq!("x".repeat(245).parse::<AccountName>(), Err(TooLong));
    }

    #[test]
    fn ordinary_and_odd_names_pass() {
        for text in ["ada", "_bestow", "max mustermann", "o'brien;%", "zoë", "🦀"] {
            assert_eq!(text.parse::<AccountName>().unwrap().as_str(), text);
        }
    }
}
