//! How a password is read out over a telephone. These functions hold a secret; their callers keep what they answer in memory that
//! is wiped.

use super::recovery_key;
use super::showing::Spelled;

/// How many characters are read out at a time.
const GROUP: usize = 4;

/// The password for reading out: its groups of four, each with the words of its characters. A capital letter is said to be one.
pub fn spell(password: &str) -> Spelled {
    let characters: Vec<char> = password.chars().collect();
    let groups = characters.chunks(GROUP);
    groups
        .map(|group| (group.iter().collect(), group.iter().copied().map(word).collect()))
        .collect()
}

fn word(character: char) -> String {
    let known = recovery_key::word(character.to_ascii_uppercase());
    match (known, character.is_ascii_uppercase()) {
        (Some(word), true) => format!("capital {word}"),
        (Some(word), false) => word.to_lowercase(),
        (None, _) => sign(character).map_or_else(|| character.to_string(), str::to_owned),
    }
}

fn sign(character: char) -> Option<&'static str> {
    Some(match character {
        '!' => "exclamation mark",
        '#' => "hash",
        '%' => "per cent",
        '+' => "plus",
        '=' => "equals",
        '@' => "at",
        '_' => "underscore",
        '-' => "hyphen",
        ' ' => "space",
        '.' => "full stop",
        ',' => "comma",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::local_administrator::Alphabet;

    #[test]
    fn a_password_is_read_out_in_groups() {
        let spelled = spell("aB2#x");
        assert_eq!(
            spelled,
            [
                (
                    "aB2#".to_owned(),
                    vec![
                        "alfa".to_owned(),
                        "capital Bravo".to_owned(),
                        "two".to_owned(),
                        "hash".to_owned()
                    ]
                ),
                ("x".to_owned(), vec!["x-ray".to_owned()]),
            ]
        );
    }

    #[test]
    fn every_character_of_an_alphabet_has_a_word_of_its_own() {
        let characters = Alphabet::WithSigns.characters();
        let mut words: Vec<String> = characters.chars().map(word).collect();
        assert!(words.iter().all(|word| word.len() > 1), "{words:?}");
        words.sort();
        words.dedup();
        assert_eq!(words.len(), characters.len());
    }
}
