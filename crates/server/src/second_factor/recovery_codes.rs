//! Codes for whoever has lost the app: 80 random bits each, good once, shown when they are made and never again.

use secrecy::SecretString;

use crate::entropy::Entropy;
use crate::token;

/// How many there are.
const COUNT: usize = 10;

/// Letters that nobody takes for digits.
const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";

/// Fresh codes, in groups of four.
pub(super) fn fresh(entropy: &Entropy) -> Vec<SecretString> {
    let code = |_| {
        let bytes: [u8; 16] = entropy.bytes();
        let letters = bytes.map(|byte| char::from(LETTERS[usize::from(byte % 32)]));
        let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
        SecretString::from(groups.join("-"))
    };
    (0..COUNT).map(code).collect()
}

/// What the store keeps of a code, however it was typed.
pub(super) fn hash(typed: &str) -> String {
    let letters = typed.chars().filter(char::is_ascii_alphanumeric);
    token::hash(
        &letters
            .map(|letter| letter.to_ascii_lowercase())
            .collect::<String>(),
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use secrecy::ExposeSecret as _;

    use super::*;
    use crate::testing::SeededRng;

    #[test]
    fn codes_differ_and_may_be_typed_as_people_type() {
        let codes = fresh(&Entropy::from_rng(SeededRng::new(1)));
        let hashes: BTreeSet<String> = codes.iter().map(|code| hash(code.expose_secret())).collect();
        assert_eq!(hashes.len(), COUNT);
        let code = codes[0].expose_secret();
        assert_eq!(code.len(), 19);
        let typed = format!(" {} ", code.to_uppercase().replace('-', " "));
        assert_eq!(hash(&typed), hash(code));
    }
}
