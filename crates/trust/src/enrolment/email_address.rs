//! A person's e-mail address.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The longest address that mail servers take, in bytes.
pub const LONGEST_EMAIL_ADDRESS: usize = 254;

/// An e-mail address, such as `ada@example.org`: something before and something after its last `@`, without blanks and
/// control characters. Whether mail arrives there is not known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

/// The text cannot be an e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an e-mail address has something before and after its @, no blanks, and at most 254 bytes")]
pub struct NotAnEmailAddress;

impl EmailAddress {
    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for EmailAddress {
    type Err = NotAnEmailAddress;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let has_two_sides = text
            .rsplit_once('@')
            .is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty());
        let is_one_word = !text.chars().any(|c| c.is_whitespace() || c.is_control());
        if has_two_sides && is_one_word && text.len() <= LONGEST_EMAIL_ADDRESS {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAnEmailAddress)
        }
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = NotAnEmailAddress;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_plainly_no_address_is_refused() {
        for text in ["ada@example.org", "zoë.o'neill+mac@bücher.example", "\"a@b\"@c"] {
            assert_eq!(text.parse::<EmailAddress>().unwrap().as_str(), text);
        }
        let long = format!("{}@example.org", "x".repeat(250));
        for text in [
            "",
            "ada",
            "@example.org",
            "ada@",
            "ada @example.org",
            "a\u{7}@b",
            &long,
        ] {
            assert_eq!(text.parse::<EmailAddress>(), Err(NotAnEmailAddress), "{text:?}");
        }
    }
}
