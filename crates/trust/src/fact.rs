//! A fact as an agent saw it: the value, when, and how. What could not be seen says why instead of guessing.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// One observed fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Fact<T> {
    /// The Mac answered.
    Known {
        /// What it answered.
        value: T,
        /// When.
        at: Timestamp,
        /// How it was seen: the tool and verb, such as `diskutil apfs listCryptoUsers`.
        by: String,
    },
    /// The Mac gave no answer that can be relied on.
    Unknown {
        /// Why not, for people.
        why: String,
        /// When it was tried.
        at: Timestamp,
        /// How it was tried.
        by: String,
    },
}

impl<T> Fact<T> {
    /// A fact that was seen.
    pub fn known(value: T, at: Timestamp, by: impl Into<String>) -> Self {
        Self::Known {
            value,
            at,
            by: by.into(),
        }
    }

    /// A fact that could not be seen.
    pub fn unknown(why: impl Into<String>, at: Timestamp, by: impl Into<String>) -> Self {
        Self::Unknown {
            why: why.into(),
            at,
            by: by.into(),
        }
    }

    /// The value, when it is known.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Known { value, .. } => Some(value),
            Self::Unknown { .. } => None,
        }
    }

    /// Why it is not known; `None` when it is.
    pub fn why(&self) -> Option<&str> {
        match self {
            Self::Known { .. } => None,
            Self::Unknown { why, .. } => Some(why),
        }
    }

    /// The same fact of another value.
    #[must_use]
    pub fn map<U>(&self, value_of: impl FnOnce(&T) -> U) -> Fact<U> {
        match self {
            Self::Known { value, at, by } => Fact::known(value_of(value), *at, by),
            Self::Unknown { why, at, by } => Fact::unknown(why, *at, by),
        }
    }

    /// When it was seen, or when it was tried.
    pub fn at(&self) -> Timestamp {
        match self {
            Self::Known { at, .. } | Self::Unknown { at, .. } => *at,
        }
    }

    /// How it was seen, or how it was tried.
    pub fn by(&self) -> &str {
        match self {
            Self::Known { by, .. } | Self::Unknown { by, .. } => by,
        }
    }

    /// The same fact without its time, so that two looks at an unchanged Mac compare equal.
    #[must_use]
    pub fn undated(self) -> Self {
        match self {
            Self::Known { value, by, .. } => Self::Known {
                value,
                at: Timestamp(0),
                by,
            },
            Self::Unknown { why, by, .. } => Self::Unknown {
                why,
                at: Timestamp(0),
                by,
            },
        }
    }
}
