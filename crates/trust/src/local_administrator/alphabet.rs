//! What the passwords of local administrators are made of.

use serde::{Deserialize, Serialize};

/// The characters of a password. What is easily taken for something else is in none: `0` and `O`, `1`, `I` and `l`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Alphabet {
    /// Letters of both cases, and digits.
    #[default]
    LettersAndDigits,
    /// The same and some signs, for policies that ask for one.
    WithSigns,
}

impl Alphabet {
    /// Every alphabet.
    pub const ALL: [Self; 2] = [Self::LettersAndDigits, Self::WithSigns];

    /// The alphabet's word, as in its JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::LettersAndDigits => "letters_and_digits",
            Self::WithSigns => "with_signs",
        }
    }

    /// The alphabet of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|alphabet| alphabet.word() == word)
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::LettersAndDigits => "letters and digits",
            Self::WithSigns => "letters, digits and signs",
        }
    }

    /// Its characters. None of them has a meaning of its own in a character class of a regular expression.
    pub fn characters(self) -> &'static str {
        match self {
            Self::LettersAndDigits => "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789",
            Self::WithSigns => "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789!#%+=@_",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_taken_for_something_else_and_nothing_stands_twice() {
        for alphabet in Alphabet::ALL {
            let characters = alphabet.characters();
            assert!(!characters.contains(['0', 'O', '1', 'I', 'l']), "{characters}");
            assert!(
                !characters.contains(['\\', ']', '[', '^', '-', '&', ':']),
                "{characters}"
            );
            let mut each: Vec<char> = characters.chars().collect();
            each.sort_unstable();
            each.dedup();
            assert_eq!(each.len(), characters.len());
        }
    }
}
