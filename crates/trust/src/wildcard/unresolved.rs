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

/// What is wrong with a wildcard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// The Mac's enrolment data has no value for it.
    #[error("it has no value for this Mac")]
    NoValue,
    /// The organisation has no such attribute.
    #[error("it is not known; write %% for each percent sign if the text was meant as it stands")]
    NotKnown,
    /// A secret stands in a field that is not secret.
    #[error("a secret wildcard stands in a password field only")]
    SecretInName,
    /// Something stands before or after a secret.
    #[error("a secret wildcard stands alone, with nothing before or after it")]
    SecretNotAlone,
    /// With its value the field would break its rule.
    #[error("with its value for this Mac the field breaks its rule")]
    Unfit,
}

impl Why {
    /// Whether the template is wrong for every Mac.
    pub fn is_for_every_mac(self) -> bool {
        matches!(self, Self::SecretInName | Self::SecretNotAlone)
    }
}
