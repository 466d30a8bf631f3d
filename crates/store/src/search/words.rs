//! The words by which something is found.

use std::collections::BTreeSet;

/// The shortest part of a serial number that finds it, in characters.
const SHORTEST_PART: usize = 3;

/// The words of something, in order, each after a space: those of `texts`, and of its serial number every part that
/// reaches to its end. So whatever stands in a serial number begins one of its words.
pub(crate) fn words_of(texts: &[&str], serial_number: &str) -> String {
    let mut all: BTreeSet<String> = texts
        .iter()
        .copied()
        .chain([serial_number])
        .flat_map(words)
        .collect();
    for word in words(serial_number) {
        let parts = word.char_indices().map(|(at, _)| &word[at..]);
        all.extend(
            parts
                .filter(|part| part.chars().count() >= SHORTEST_PART)
                .map(str::to_owned),
        );
    }
    all.iter().map(|word| format!(" {word}")).collect()
}

/// Letters and digits that stand together, in lower case. A comma between digits belongs to them, as in `Mac14,2`.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    let mut spaced = String::with_capacity(text.len());
    while let Some(c) = chars.next() {
        let digit_follows = chars.peek().is_some_and(char::is_ascii_digit);
        let joins = c == ',' && before.is_ascii_digit() && digit_follows;
        spaced.push(if c.is_alphanumeric() || joins { c } else { ' ' });
        before = c;
    }
    spaced.split_whitespace().map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_a_serial_number_begins_a_word() {
        assert_eq!(words_of(&[], "C02XY"), " 02xy 2xy c02xy");
    }

    #[test]
    fn words_are_letters_and_digits_in_lower_case_and_in_order() {
        let words = words_of(&["Büro-Mac 50%, Graz", "AB-cd", "Mac14,2"], "");
        assert_eq!(words, " 50 ab büro cd graz mac mac14,2");
    }
}
