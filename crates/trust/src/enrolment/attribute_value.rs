//! The value of an attribute that is not secret.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The longest value, in bytes.
pub const LONGEST_ATTRIBUTE_VALUE: usize = 255;

/// An attribute's value: not empty, at most [`LONGEST_ATTRIBUTE_VALUE`] bytes, without control characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "String", into = "String")]
pub struct AttributeValue(String);

/// The text cannot be an attribute's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an attribute's value has 1 to 255 bytes and no control characters")]
pub struct NotAnAttributeValue;

impl AttributeValue {
    /// The value as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for AttributeValue {
    type Err = NotAnAttributeValue;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fits = (1..=LONGEST_ATTRIBUTE_VALUE).contains(&text.len()) && !text.chars().any(char::is_control);
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAnAttributeValue)
        }
    }
}

impl TryFrom<String> for AttributeValue {
    type Error = NotAnAttributeValue;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<AttributeValue> for String {
    fn from(value: AttributeValue) -> Self {
        value.0
    }
}

impl fmt::Display for AttributeValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_one_line_that_is_not_empty() {
        assert_eq!("Büro 3".parse::<AttributeValue>().unwrap().as_str(), "Büro 3");
        for text in ["", "a\nb", "a\0b", &"x".repeat(256)] {
            assert_eq!(
                text.parse::<AttributeValue>(),
                Err(NotAnAttributeValue),
                "{text:?}"
            );
        }
    }
}
