//! Why a template cannot be resolved for a Mac.

use super::{Field, Word};

/// A template that has no meaning for this Mac.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unresolved {
    /// Where it stands.
    pub field: Field,
    /// The wildcard that is to blame. `None` when it may be a piece of a password that was typed.
    pub wildcard: Option<Word>,
    /// What is wrong.
    pub why: Why,
}

/// What is wrong with a wildcard, in words that read on from it: "%floor% has no value".
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// The Mac's enrolment data has no value for it.
    #[error("has no value")]
    NoValue,
    /// The organisation has no such attribute.
    #[error("is not known")]
    NotKnown,
    /// A secret stands in a field that is not secret.
    #[error("is secret, and stands in the place of a password only")]
    SecretInName,
    /// Something stands before or after a secret.
    #[error("is secret, and stands alone, with nothing before or after it")]
    SecretNotAlone,
    /// With its value the field would break its rule.
    #[error("has a value that breaks the rule of the field")]
    Unfit,
}

impl Why {
    /// Whether the template is wrong for every Mac.
    pub fn is_for_every_mac(self) -> bool {
        matches!(self, Self::SecretInName | Self::SecretNotAlone)
    }
}
