//! Sets of printable ASCII characters: the characters that a password is made of here.

/// A set of printable ASCII characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Chars(u128);

impl Chars {
    pub(crate) const NONE: Self = Self(0);
    /// Space to tilde: the whole domain.
    pub(crate) const ALL: Self = Self::range(b' ', b'~');
    pub(crate) const UPPER: Self = Self::range(b'A', b'Z');
    pub(crate) const LOWER: Self = Self::range(b'a', b'z');
    pub(crate) const LETTERS: Self = Self::UPPER.union(Self::LOWER);
    pub(crate) const DIGITS: Self = Self::range(b'0', b'9');
    pub(crate) const ALPHANUMERIC: Self = Self::LETTERS.union(Self::DIGITS);
    pub(crate) const SPECIAL: Self = Self::ALL.minus(Self::ALPHANUMERIC);

    /// The printable characters from `first` to `last`, both included.
    pub(crate) const fn range(first: u8, last: u8) -> Self {
        let mut bits = 0;
        let mut code = if first < b' ' { b' ' } else { first };
        while code <= last && code <= b'~' {
            bits |= 1 << code;
            code += 1;
        }
        Self(bits)
    }

    /// The characters of `text`, which is ASCII.
    pub(crate) const fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let (mut bits, mut at) = (0, 0);
        while at < bytes.len() {
            bits |= Self::range(bytes[at], bytes[at]).0;
            at += 1;
        }
        Self(bits)
    }

    /// The set of one character; empty when it is outside the domain.
    pub(crate) fn one(character: char) -> Self {
        u8::try_from(character).map_or(Self::NONE, |code| Self::range(code, code))
    }

    pub(crate) const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(crate) const fn minus(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Everything in the domain that is not in the set.
    pub(crate) const fn complement(self) -> Self {
        Self::ALL.minus(self)
    }

    pub(crate) const fn contains(self, code: u8) -> bool {
        code < 128 && self.0 & (1 << code) != 0
    }

    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(crate) const fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// The characters by their codes, lowest first.
    pub(crate) fn iter(self) -> impl Iterator<Item = u8> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let lowest = left.trailing_zeros();
            left &= left.checked_sub(1)?;
            u8::try_from(lowest).ok()
        })
    }

    /// The set with the other case of each letter in it.
    pub(crate) fn with_both_cases(self) -> Self {
        let swapped = self
            .iter()
            .filter(u8::is_ascii_alphabetic)
            .map(|code| code ^ 0x20);
        swapped.fold(self, |set, code| set.union(Self::range(code, code)))
    }
}

#[cfg(test)]
mod tests {
    use super::Chars;

    #[test]
    fn the_domain_is_printable_ascii() {
        assert_eq!(Chars::ALL.len(), 95);
        assert_eq!(Chars::range(0, 255), Chars::ALL);
        assert_eq!(Chars::one('é'), Chars::NONE);
        assert_eq!(Chars::one('\n'), Chars::NONE);
        assert_eq!(Chars::SPECIAL.len(), 33);
        assert_eq!(Chars::of("ab").complement().len(), 93);
    }

    #[test]
    fn letters_come_with_their_other_case() {
        assert_eq!(Chars::of("aB1[").with_both_cases(), Chars::of("aAbB1["));
    }
}
