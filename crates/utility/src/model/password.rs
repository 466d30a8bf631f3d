//! What is typed into a password field, in memory that is wiped.

use std::fmt;
use std::ops::Range;

use secrecy::SecretString;
use utility_protocol::frame::LONGEST_PASSWORD;
use zeroize::Zeroizing;

/// What a window shows in the place of each character.
const MASK: char = '\u{2022}';

/// A password that is being typed. Windows get to see its mask alone, so that whatever they keep of a text, for undoing or for
/// drawing, holds nothing of it. `Debug` does not show it either.
pub struct Password {
    typed: Zeroizing<String>,
    mask: String,
}

impl Default for Password {
    fn default() -> Self {
        Self {
            // All the room at once: a text that grows leaves what it held behind.
            typed: Zeroizing::new(String::with_capacity(LONGEST_PASSWORD)),
            mask: String::new(),
        }
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password")
    }
}

impl Password {
    /// One mask for each character.
    pub fn mask(&self) -> &str {
        &self.mask
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.typed.is_empty()
    }

    /// Inserts `text` before the character with the number `place`, up to the longest password that can be used. Answers how
    /// many characters that were.
    pub fn insert(&mut self, place: usize, text: &str) -> usize {
        let mut inserted = 0;
        for character in text.chars().filter(|character| !character.is_control()) {
            if self.typed.len() + character.len_utf8() > LONGEST_PASSWORD {
                break;
            }
            let at = self.byte(place + inserted);
            self.typed.insert(at, character);
            inserted += 1;
        }
        self.renew_mask();
        inserted
    }

    /// Removes these characters.
    pub fn remove(&mut self, places: Range<usize>) {
        let (from, to) = (self.byte(places.start), self.byte(places.end));
        if from < to {
            // Draining moves what follows and leaves a tail beyond the end; the room itself is wiped when it is dropped.
            self.typed.drain(from..to);
        }
        self.renew_mask();
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Gives the password away and forgets it.
    pub(super) fn take(&mut self) -> SecretString {
        let taken = SecretString::from(self.typed.as_str());
        self.clear();
        taken
    }

    fn byte(&self, place: usize) -> usize {
        let mut places = self.typed.char_indices().map(|(byte, _)| byte);
        places.nth(place).unwrap_or(self.typed.len())
    }

    fn renew_mask(&mut self) {
        self.mask = self.typed.chars().map(|_| MASK).collect();
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    #[test]
    fn what_is_typed_is_kept_and_only_its_mask_is_seen() {
        let mut password = Password::default();
        assert_eq!(password.insert(0, "orchd"), 5);
        assert_eq!(password.insert(4, "i\u{1f511}"), 2);
        assert_eq!(password.mask(), "\u{2022}".repeat(7));
        password.remove(5..6);
        password.remove(90..95);
        assert_eq!(format!("{password:?}"), "Password");
        assert_eq!(password.take().expose_secret(), "orchid");
        assert!(password.is_empty() && password.mask().is_empty());
    }

    #[test]
    fn it_never_grows_beyond_its_room_and_takes_no_control_characters() {
        let mut password = Password::default();
        let room = password.typed.capacity();
        assert_eq!(password.insert(0, "a\nb\tc"), 3);
        password.insert(0, &"\u{1f511}".repeat(1_000));
        assert!(password.typed.len() <= LONGEST_PASSWORD);
        assert_eq!(password.typed.capacity(), room);
        assert!(password.typed.ends_with("abc"));
    }
}
