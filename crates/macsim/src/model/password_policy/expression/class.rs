//! Sets of characters.

/// A set of characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Class {
    pub(super) members: Vec<Member>,
    /// What else a character must be in (true) or must not be in (false).
    pub(super) narrowed: Vec<(bool, Class)>,
    pub(super) inverted: bool,
    pub(super) any_case: bool,
}

/// Something in a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Member {
    Range(char, char),
    Named { name: Name, inverted: bool },
    Nested(Class),
}

/// Sets with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    Anything,
    Letter,
    Upper,
    Lower,
    Digit,
    LetterOrDigit,
    Word,
    Space,
    Punctuation,
    Symbol,
}

impl Class {
    pub(super) fn of(member: Member) -> Self {
        Self {
            members: vec![member],
            ..Self::default()
        }
    }

    pub(super) fn has(&self, character: char) -> bool {
        let holds = |character: char| {
            self.members.iter().any(|member| member.has(character))
                && self
                    .narrowed
                    .iter()
                    .all(|(wanted, class)| class.has(character) == *wanted)
        };
        let held = holds(character)
            || self.any_case && (character.to_lowercase().any(holds) || character.to_uppercase().any(holds));
        held != self.inverted
    }
}

impl Member {
    fn has(&self, character: char) -> bool {
        match self {
            Self::Range(first, last) => (*first..=*last).contains(&character),
            Self::Named { name, inverted } => name.has(character) != *inverted,
            Self::Nested(class) => class.has(character),
        }
    }
}

impl Name {
    /// The set behind a letter such as the `d` of `\d`.
    pub(super) fn of_letter(letter: char) -> Option<Self> {
        Some(match letter {
            'd' => Self::Digit,
            'w' => Self::Word,
            's' | 'h' => Self::Space,
            _ => return None,
        })
    }

    /// The set behind a property, as in `\p{Lu}` or `[:upper:]`.
    pub(super) fn of_property(property: &str) -> Option<Self> {
        Some(match property.to_ascii_lowercase().as_str() {
            "l" | "alpha" | "alphabetic" => Self::Letter,
            "lu" | "upper" => Self::Upper,
            "ll" | "lower" => Self::Lower,
            "n" | "nd" | "digit" => Self::Digit,
            "alnum" => Self::LetterOrDigit,
            "z" | "space" => Self::Space,
            "p" | "punct" => Self::Punctuation,
            "s" => Self::Symbol,
            _ => return None,
        })
    }

    fn has(self, character: char) -> bool {
        match self {
            Self::Anything => true,
            Self::Letter => character.is_alphabetic(),
            Self::Upper => character.is_uppercase(),
            Self::Lower => character.is_lowercase(),
            Self::Digit => character.is_numeric(),
            Self::LetterOrDigit => character.is_alphanumeric(),
            Self::Word => character.is_alphanumeric() || character == '_',
            Self::Space => character.is_whitespace(),
            // ICU counts these nine signs of ASCII among the symbols.
            Self::Symbol => "$+<=>^`|~".contains(character),
            Self::Punctuation => character.is_ascii_punctuation() && !Self::Symbol.has(character),
        }
    }
}
