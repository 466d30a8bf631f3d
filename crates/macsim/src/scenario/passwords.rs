//! Throw-away passwords, drawn from the seed: long, and many with characters that shells and parsers
//! stumble over.

use crate::model::random::Random;

const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz";
const DIGITS: &[u8] = b"23456789";
const AWKWARD: &[u8] = b"$`\"'\\!;&|<>(){}*?#~% ";
const TAME: &[u8] = b"_.,:+=@^-";

/// A password of about 24 characters with upper and lower case, digits and signs, without runs of equal or
/// consecutive characters. The first and last characters are letters.
pub fn draw(random: &mut Random) -> String {
    let awkward = !random.one_in(3);
    loop {
        let length = 20 + random.below(9);
        let mut text = String::new();
        for position in 0..length {
            let signs = if awkward { AWKWARD } else { TAME };
            let class = match random.below(8) {
                _ if position == 0 || position + 1 == length => LETTERS,
                0 | 1 => signs,
                2 | 3 => DIGITS,
                _ => LETTERS,
            };
            text.push(char::from(*random.pick(class)));
        }
        if is_good(&text) {
            return text;
        }
    }
}

fn is_good(text: &str) -> bool {
    let has = |wanted: fn(&char) -> bool, count: usize| text.chars().filter(wanted).count() >= count;
    let apart = text
        .as_bytes()
        .windows(2)
        .all(|pair| (i16::from(pair[0]) - i16::from(pair[1])).abs() > 1);
    apart
        && has(char::is_ascii_uppercase, 2)
        && has(char::is_ascii_lowercase, 2)
        && has(char::is_ascii_digit, 2)
        && has(|c| !c.is_ascii_alphanumeric(), 3)
}
