//! The name of an attribute, as it stands between the percent signs of a wildcard.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The longest attribute name, in bytes.
pub const LONGEST_ATTRIBUTE_NAME: usize = 40;

/// An attribute's name, such as `department`, in lower case: a letter, followed by letters, digits and underscores; at
/// most [`LONGEST_ATTRIBUTE_NAME`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "String", into = "String")]
pub struct AttributeName(String);

/// The text cannot be an attribute's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an attribute's name is a letter followed by letters, digits and underscores, at most 40 characters")]
pub struct NotAnAttributeName;

impl AttributeName {
    /// The attribute of every organisation that holds the person's password. It is always secret.
    pub fn password() -> Self {
        Self("password".to_owned())
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The wildcard that stands for its value, such as `%department%`.
    pub fn wildcard(&self) -> String {
        format!("%{}%", self.0)
    }
}

/// Whether the text has the shape of an attribute's name, in whichever case.
pub(crate) fn is_name(text: &str) -> bool {
    text.len() <= LONGEST_ATTRIBUTE_NAME
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

impl FromStr for AttributeName {
    type Err = NotAnAttributeName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if is_name(text) {
            Ok(Self(text.to_ascii_lowercase()))
        } else {
            Err(NotAnAttributeName)
        }
    }
}

impl TryFrom<String> for AttributeName {
    type Error = NotAnAttributeName;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<AttributeName> for String {
    fn from(name: AttributeName) -> Self {
        name.0
    }
}

impl fmt::Display for AttributeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_case() {
        assert_eq!(
            "Department_2".parse::<AttributeName>().unwrap().as_str(),
            "department_2"
        );
        assert_eq!("room".parse::<AttributeName>().unwrap().wildcard(), "%room%");
        let longest = "x".repeat(LONGEST_ATTRIBUTE_NAME);
        assert!(longest.parse::<AttributeName>().is_ok());
        for text in ["", "2nd", "_x", "a-b", "a b", "ä", "a%", &format!("{longest}x")] {
            assert_eq!(text.parse::<AttributeName>(), Err(NotAnAttributeName), "{text:?}");
        }
    }
}
