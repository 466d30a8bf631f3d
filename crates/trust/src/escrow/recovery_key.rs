//! The text of a personal recovery key: six groups of four, such as `ABCD-2345-…`. These functions hold a secret; their callers
//! keep what they answer in memory that is wiped.

use super::showing::Spelled;

/// How many groups a key has.
const GROUPS: usize = 6;

/// How many characters a group has.
const GROUP: usize = 4;

/// The words by which letters are read out, in the order of the alphabet (the spelling alphabet of radio and aviation).
const LETTERS: [&str; 26] = [
    "Alfa", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India", "Juliett", "Kilo",
    "Lima", "Mike", "November", "Oscar", "Papa", "Quebec", "Romeo", "Sierra", "Tango", "Uniform", "Victor",
    "Whiskey", "X-ray", "Yankee", "Zulu",
];

const DIGITS: [&str; 10] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
];

/// Whether a text has the shape of a recovery key. Which characters macOS uses is not documented, so that any capital letter
/// and digit passes: only the disk says whether a key is right.
pub fn is_recovery_key(text: &str) -> bool {
    let mut groups = 0;
    let all_fit = text.split('-').all(|group| {
        groups += 1;
        group.len() == GROUP
            && group
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    });
    all_fit && groups == GROUPS
}

/// The key for reading out: its groups, each with the word of each character.
pub fn spell(key: &str) -> Spelled {
    key.split('-')
        .map(|group| {
            let words = group.chars().filter_map(word);
            (group.to_owned(), words.map(str::to_owned).collect())
        })
        .collect()
}

/// The word by which a capital letter or a digit is read out.
pub(crate) fn word(character: char) -> Option<&'static str> {
    let code = u8::try_from(character).ok()?;
    match code {
        b'A'..=b'Z' => LETTERS.get(usize::from(code - b'A')).copied(),
        b'0'..=b'9' => DIGITS.get(usize::from(code - b'0')).copied(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "Z9AO-BCDE-2345-FGHJ-KLMN-PQRT";

    #[test]
    fn a_key_is_told_by_its_shape() {
        assert!(is_recovery_key(KEY));
        for text in [
            "",
            "Z9AO-BCDE-2345-FGHJ-KLMN",
            "Z9AO-BCDE-2345-FGHJ-KLMN-PQRT-ABCD",
            "Z9AOBCDE2345FGHJKLMNPQRT",
            "z9ao-bcde-2345-fghj-klmn-pqrt",
            "Z9AO-BCDE-2345-FGHJ-KLMN-PQR",
            "Z9AO-BCDE-2345-FGHJ-KLMN-PQRÖ",
        ] {
            assert!(!is_recovery_key(text), "{text}");
        }
    }

    #[test]
    fn a_key_is_read_out_group_by_group() {
        let spelled = spell(KEY);
        assert_eq!(spelled.len(), GROUPS);
        let read_out = |group: usize| (spelled[group].0.as_str(), spelled[group].1.join(" "));
        assert_eq!(read_out(0), ("Z9AO", "Zulu nine Alfa Oscar".to_owned()));
        assert_eq!(read_out(2), ("2345", "two three four five".to_owned()));
    }
}
