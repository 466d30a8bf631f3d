//! Characters that no rule tells apart, taken together.

use crate::chars::Chars;

/// A partition of the domain: two characters are in one class when no rule tells them apart.
#[derive(Debug, Clone)]
pub(super) struct Classes(Vec<Chars>);

impl Classes {
    /// The coarsest partition in which each of `sets` is made of whole classes.
    pub(super) fn telling_apart(sets: impl IntoIterator<Item = Chars>) -> Self {
        let mut classes = vec![Chars::ALL];
        for set in sets {
            classes = classes
                .into_iter()
                .flat_map(|class| [class.intersection(set), class.minus(set)])
                .filter(|class| !class.is_empty())
                .collect();
        }
        Self(classes)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The classes, in their order.
    pub(super) fn iter(&self) -> impl Iterator<Item = Chars> + '_ {
        self.0.iter().copied()
    }

    /// One character of each class, in their order.
    pub(super) fn representatives(&self) -> impl Iterator<Item = u8> + '_ {
        self.0.iter().filter_map(|class| class.iter().next())
    }
}

#[cfg(test)]
mod tests {
    use super::Classes;
    use crate::chars::Chars;

    #[test]
    fn classes_are_split_by_every_set() {
        let classes = Classes::telling_apart([Chars::DIGITS, Chars::of("123abc"), Chars::NONE]);
        let members: Vec<u32> = classes.iter().map(Chars::len).collect();
        assert_eq!(members, [3, 7, 3, 82]);
        assert_eq!(classes.representatives().next(), Some(b'1'));
    }
}
