//! Yes, no, and cannot tell.

use serde::{Deserialize, Serialize};

/// What a rule says to a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "verdict", content = "doubt", rename_all = "snake_case")]
pub enum Verdict {
    /// The password satisfies the rule.
    Met,
    /// It does not.
    Violated,
    /// This cannot be told from here.
    CannotTell(Doubt),
}

/// Why something cannot be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// The rule's predicate is not of a form that is known here.
    UnknownPredicate,
    /// Its regular expression uses something that is not known here for certain.
    UnknownExpression,
    /// It asks for a value that is not known here.
    UnknownValue,
    /// Apple does not document how it is counted.
    Undocumented,
    /// It can be read in two ways, and they differ for this password.
    SeveralReadings,
    /// The password has characters beyond printable ASCII, and how macOS counts those is not documented.
    BeyondAscii,
    /// The match took too many wrong turns and was given up.
    SearchTooLong,
}

impl Doubt {
    /// The doubt in words, for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::UnknownPredicate => "its predicate is of a form that is not known",
            Self::UnknownExpression => "its regular expression uses something that is not known for certain",
            Self::UnknownValue => "it asks for a value that is not known",
            Self::Undocumented => "Apple does not document how it counts",
            Self::SeveralReadings => "it can be read in two ways, which differ here",
            Self::BeyondAscii => "how macOS counts characters beyond ASCII is not documented",
            Self::SearchTooLong => "matching its regular expression took too long",
        }
    }
}

/// The truth of a predicate, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Truth {
    Yes,
    No,
    Unknown(Doubt),
}

impl From<bool> for Truth {
    fn from(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

impl Truth {
    pub(crate) fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Unknown(doubt) => Self::Unknown(doubt),
        }
    }

    /// Whether all are true. One that is not settles it, whatever is unknown beside it.
    pub(crate) fn all(truths: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self::Yes;
        for truth in truths {
            match truth {
                Self::No => return Self::No,
                Self::Unknown(_) if all == Self::Yes => all = truth,
                Self::Yes | Self::Unknown(_) => {}
            }
        }
        all
    }

    /// Whether any is true.
    pub(crate) fn any(truths: impl IntoIterator<Item = Self>) -> Self {
        Self::all(truths.into_iter().map(Self::not)).not()
    }
}

#[cfg(test)]
mod tests {
    use super::{Doubt, Truth};

    #[test]
    fn what_is_unknown_counts_only_when_nothing_else_settles_it() {
        let unknown = Truth::Unknown(Doubt::UnknownValue);
        assert_eq!(Truth::all([Truth::Yes, unknown, Truth::No]), Truth::No);
        assert_eq!(Truth::all([Truth::Yes, unknown]), unknown);
        assert_eq!(Truth::any([Truth::No, unknown, Truth::Yes]), Truth::Yes);
        assert_eq!(Truth::any([Truth::No, unknown]), unknown);
        assert_eq!(Truth::any([]), Truth::No);
    }
}
