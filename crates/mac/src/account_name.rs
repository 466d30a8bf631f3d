//! The record name of an account, safe to put into an argument or a directory path.

use std::fmt;

/// The record name (short name) of an account on this Mac.
///
/// Open Directory allows almost anything, and Apple's tools read some names as something else. Such a name is
/// refused here, once, so that no driver has to think of it again.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccountName(String);

/// Why a text cannot be the name of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadAccountName {
    /// There is no account without a name.
    #[error("name is empty")]
    Empty,
    /// Apple's limit; longer names cannot be created or logged in.
    #[error("name is longer than {} bytes", AccountName::MAX_BYTES)]
    TooLong,
    /// A leading `-` would be read as an option, a leading `.` as a place in the directory.
    #[error("name begins with '-' or '.'")]
    BadStart,
    /// Control characters and `/` never belong into a record name.
    #[error("name holds a control character or '/'")]
    BadCharacter,
}

impl AccountName {
    /// The longest name, in bytes, with which macOS lets an account be made.
    pub const MAX_BYTES: usize = 244;

    /// Takes a text as an account name.
    ///
    /// # Errors
    /// When a tool would not take the text as the name of an account.
    pub fn new(name: &str) -> Result<Self, BadAccountName> {
        if name.is_empty() {
            return Err(BadAccountName::Empty);
        }
        if name.len() > Self::MAX_BYTES {
            return Err(BadAccountName::TooLong);
        }
        if name.starts_with(['-', '.']) {
            return Err(BadAccountName::BadStart);
        }
        if name
            .chars()
            .any(|character| character.is_control() || character == '/')
        {
            return Err(BadAccountName::BadCharacter);
        }
        Ok(Self(name.to_owned()))
    }

    /// The name as Open Directory has it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AccountName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::str::FromStr for AccountName {
    type Err = BadAccountName;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::new(name)
    }
}

#[cfg(test)]
mod tests {
    use super::{AccountName, BadAccountName};

    #[test]
    fn names_that_a_tool_would_misread_are_refused() {
        assert_eq!(AccountName::new(""), Err(BadAccountName::Empty));
        assert_eq!(AccountName::new("-admin"), Err(BadAccountName::BadStart));
        assert_eq!(AccountName::new("../root"), Err(BadAccountName::BadStart));
        assert_eq!(AccountName::new("a/b"), Err(BadAccountName::BadCharacter));
        assert_eq!(AccountName::new("a\nb"), Err(BadAccountName::BadCharacter));
        assert_eq!(AccountName::new(&"a".repeat(245)), Err(BadAccountName::TooLong));
    }

    #[test]
    fn odd_but_legal_names_pass() {
        for odd in [
            "_bestow", "o'neil", "a b", "x;y", "100%", "\"q\"", "josé", "🔑", "a-b.c",
        ] {
            assert_eq!(
                AccountName::new(odd).map(|name| name.to_string()),
                Ok(odd.to_owned())
            );
        }
    }
}
