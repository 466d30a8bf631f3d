//! The serial number that a person and attributes are bound to.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The longest serial number that is taken, in bytes.
pub const LONGEST_SERIAL_NUMBER: usize = 64;

/// A Mac's serial number, in upper case: 1 to [`LONGEST_SERIAL_NUMBER`] printable ASCII characters without slashes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "String", into = "String")]
pub struct SerialNumber(String);

/// The text cannot be a serial number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a serial number has 1 to 64 printable ASCII characters without blanks and slashes")]
pub struct NotASerialNumber;

impl SerialNumber {
    /// The number as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for SerialNumber {
    type Err = NotASerialNumber;

    /// Blanks around the number do not count; lists that people keep have them.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let fits = (1..=LONGEST_SERIAL_NUMBER).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'/');
        if fits {
            Ok(Self(text.to_ascii_uppercase()))
        } else {
            Err(NotASerialNumber)
        }
    }
}

impl TryFrom<String> for SerialNumber {
    type Error = NotASerialNumber;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<SerialNumber> for String {
    fn from(number: SerialNumber) -> Self {
        number.0
    }
}

impl fmt::Display for SerialNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_one_whatever_their_case() {
        let number: SerialNumber = " c02abc123 ".parse().unwrap();
        assert_eq!(number.as_str(), "C02ABC123");
        for text in ["", "  ", "C02 ABC", "C02/1", "C02\n1", "Ü1", &"X".repeat(65)] {
            assert_eq!(text.parse::<SerialNumber>(), Err(NotASerialNumber), "{text:?}");
        }
    }
}
