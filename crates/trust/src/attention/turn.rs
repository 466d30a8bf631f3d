//! Whose turn it is.

use serde::{Deserialize, Serialize};

use crate::finding::RemedyKind;
use crate::recovery::Way;

/// Who has to do something next about a Mac.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// The Mac's agent; people have nothing to do.
    Agent,
    /// A named person, by no more than logging in.
    NamedPerson,
    /// An administrator, from afar.
    Administrator,
    /// Somebody who sits at the Mac.
    AtTheMac,
    /// Somebody who goes to the Mac, with what it needs there.
    Visit,
}

impl Turn {
    /// Everybody, by how little is asked of them.
    pub const ALL: [Self; 5] = [
        Self::Agent,
        Self::NamedPerson,
        Self::Administrator,
        Self::AtTheMac,
        Self::Visit,
    ];

    /// The word for it, as in its JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::NamedPerson => "named_person",
            Self::Administrator => "administrator",
            Self::AtTheMac => "at_the_mac",
            Self::Visit => "visit",
        }
    }

    /// Whose turn this word names.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|turn| turn.word() == word)
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Agent => "The agent",
            Self::NamedPerson => "A named person's next login",
            Self::Administrator => "An administrator",
            Self::AtTheMac => "Somebody at the Mac",
            Self::Visit => "A visit to the Mac",
        }
    }

    /// Whose turn a remedy of this kind is. Of recovery, the way that is gone decides: see [`Self::of_way`].
    pub fn of(kind: RemedyKind) -> Self {
        match kind {
            RemedyKind::Agent => Self::Agent,
            RemedyKind::NextLogin => Self::NamedPerson,
            RemedyKind::Console | RemedyKind::Management => Self::Administrator,
            RemedyKind::Restart | RemedyKind::Utility | RemedyKind::AtTheMac | RemedyKind::Reinstall => {
                Self::AtTheMac
            }
            RemedyKind::Recovery => Self::Visit,
        }
    }

    /// Whose turn a way back is.
    pub fn of_way(way: Way) -> Self {
        match way {
            Way::AnotherHolder => Self::Administrator,
            Way::FirstToken | Way::BootstrapToken | Way::FormerPassword => Self::AtTheMac,
            Way::PersonalRecoveryKey
            | Way::PasswordReset
            | Way::InstitutionalRecoveryKey
            | Way::AppleAccount
            | Way::Erase => Self::Visit,
        }
    }
}
