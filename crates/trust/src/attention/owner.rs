//! Who sees to a Mac.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The longest name of an owner, in characters.
pub const LONGEST_OWNER: usize = 100;

/// Who sees to a Mac that needs attention: a person, a team, a ticket; whatever the organisation writes. Not blank, at most
/// [`LONGEST_OWNER`] characters, without control characters, no blanks at its ends.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(try_from = "String", into = "String")]
pub struct Owner(String);

/// Why a text is no owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an owner has 1 to {LONGEST_OWNER} characters, none of them a control character")]
pub struct NotAnOwner;

impl Owner {
    /// The owner as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Owner {
    type Err = NotAnOwner;

    fn from_str(text: &str) -> Result<Self, NotAnOwner> {
        let text = text.trim();
        let fits = (1..=LONGEST_OWNER).contains(&text.chars().count());
        if fits && !text.chars().any(char::is_control) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAnOwner)
        }
    }
}

impl TryFrom<String> for Owner {
    type Error = NotAnOwner;

    fn try_from(text: String) -> Result<Self, NotAnOwner> {
        text.parse()
    }
}

impl From<Owner> for String {
    fn from(owner: Owner) -> Self {
        owner.0
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
