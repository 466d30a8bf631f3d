//! macOS versions, ordered, and the few thresholds that the rules of Secure Token turn on.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A macOS version such as `10.13.6` or `15.2`. Missing parts count as zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OsVersion {
    /// The first number: 10 up to Catalina, 11 and later after it.
    pub major: u32,
    /// The second number.
    pub minor: u32,
    /// The third number.
    pub patch: u32,
}

impl OsVersion {
    /// High Sierra, the first version that knows Secure Token.
    pub const FIRST_WITH_SECURE_TOKEN: Self = Self::new(10, 13, 0);

    /// A version from its three numbers.
    pub const fn new(major: u32, minor: u32, patch: u32) -> Self {
        Self { major, minor, patch }
    }

    /// Whether this version knows Secure Token at all.
    pub fn knows_secure_token(self) -> bool {
        self >= Self::FIRST_WITH_SECURE_TOKEN
    }
}

/// The text is not a macOS version.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("read macOS version: {0:?} is not one to three numbers separated by dots")]
pub struct NotAnOsVersion(String);

impl FromStr for OsVersion {
    type Err = NotAnOsVersion;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || NotAnOsVersion(text.chars().take(40).collect());
        let mut numbers = [0u32; 3];
        let mut parts = text.trim().split('.');
        for (index, slot) in numbers.iter_mut().enumerate() {
            match parts.next() {
                Some(part) => *slot = part.parse().map_err(|_| refuse())?,
                None if index > 0 => {}
                None => return Err(refuse()),
            }
        }
        if parts.next().is_some() {
            return Err(refuse());
        }
        let [major, minor, patch] = numbers;
        Ok(Self { major, minor, patch })
    }
}

impl TryFrom<String> for OsVersion {
    type Error = NotAnOsVersion;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<OsVersion> for String {
    fn from(version: OsVersion) -> Self {
        version.to_string()
    }
}

impl fmt::Display for OsVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)?;
        if self.patch > 0 {
            write!(f, ".{}", self.patch)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_ordered_as_apple_counts() {
        let order = [
            "10.9", "10.12.6", "10.13", "10.13.4", "10.15", "11", "15.2", "26.5.2", "26.6",
        ];
        let versions: Vec<OsVersion> = order.iter().map(|text| text.parse().unwrap()).collect();
        assert!(versions.is_sorted());
    }

    #[test]
    fn secure_token_begins_with_high_sierra() {
        assert!(!OsVersion::new(10, 12, 6).knows_secure_token());
        assert!(OsVersion::new(10, 13, 0).knows_secure_token());
        assert!(OsVersion::new(26, 0, 0).knows_secure_token());
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "x", "10.", "10.13.6.1", "10.-1", "ten.thirteen"] {
            assert!(
                text.parse::<OsVersion>().is_err(),
                "{text:?} was taken for a version"
            );
        }
    }
}
