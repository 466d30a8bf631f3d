//! The name by which a person signs in.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The name by which a person signs in, and by which the audit log tells of that person: 1 to 64 lower-case letters, digits
/// and `. _ - + @`, so that an e-mail address fits. Capitals that are typed are read as small letters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonName(String);

/// Why a text is no name of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a name to sign in by has 1 to 64 letters a to z, digits and . _ - + @")]
pub struct NotAPersonName;

impl PersonName {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PersonName {
    type Err = NotAPersonName;

    fn from_str(text: &str) -> Result<Self, NotAPersonName> {
        let name = text.to_ascii_lowercase();
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-+@".contains(&byte);
        let is_one = (1..=64).contains(&name.len()) && name.bytes().all(fits);
        is_one.then_some(Self(name)).ok_or(NotAPersonName)
    }
}

impl TryFrom<String> for PersonName {
    type Error = NotAPersonName;

    fn try_from(text: String) -> Result<Self, NotAPersonName> {
        text.parse()
    }
}

impl From<PersonName> for String {
    fn from(name: PersonName) -> Self {
        name.0
    }
}

impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_whatever_its_capitals() {
        let name: PersonName = "Grace@Example.org".parse().unwrap();
        assert_eq!(name.as_str(), "grace@example.org");
        let longest = "x".repeat(64);
        assert!(longest.parse::<PersonName>().is_ok());
        for wrong in ["", "two words", "zoë", "a/b", "a:b", &format!("{longest}x")] {
            assert_eq!(wrong.parse::<PersonName>(), Err(NotAPersonName), "{wrong}");
        }
    }
}
