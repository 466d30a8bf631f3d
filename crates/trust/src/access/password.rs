//! What a password must be with which a person signs in to Bestow. Passwords of accounts on Macs are another matter.

use super::PersonName;

/// The fewest characters.
const SHORTEST: usize = 12;

/// The longest, in bytes.
const LONGEST: usize = 256;

/// The fewest different characters.
const FEWEST_DIFFERENT: usize = 5;

/// Why a password is not taken. The words read on from "The password".
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordRefused {
    /// It has too few characters, or too many.
    #[error("has 12 characters at least, and 256 bytes at most")]
    Length,
    /// Whoever knows the name has it, or half of it.
    #[error("does not contain the name with which you sign in")]
    HasTheName,
    /// It is one character, or a handful of them, over and over.
    #[error("has five different characters at least")]
    Monotonous,
}

/// Whether `name` may sign in with `password`. Length is what makes a password hard to guess: nothing is asked about
/// capitals and digits.
///
/// # Errors
/// With the rule that it breaks.
pub fn check_password(password: &str, name: &PersonName) -> Result<(), PasswordRefused> {
    if password.chars().count() < SHORTEST || password.len() > LONGEST {
        return Err(PasswordRefused::Length);
    }
    let mut different: Vec<char> = password.chars().collect();
    different.sort_unstable();
    different.dedup();
    if different.len() < FEWEST_DIFFERENT {
        return Err(PasswordRefused::Monotonous);
    }
    // A name of one or two letters is in nearly every text.
    let name = name.as_str();
    if name.len() > 2 && password.to_lowercase().contains(name) {
        return Err(PasswordRefused::HasTheName);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_long_and_not_the_name() {
        let name: PersonName = "grace".parse().unwrap();
        let check = |password: &str| check_password(password, &name);
        assert_eq!(check("a long sentence"), Ok(()));
        assert_eq!(check("zwölf Zeichen"), Ok(()));
        assert_eq!(check("eleven char"), Err(PasswordRefused::Length));
        assert_eq!(check(&"abcdefgh".repeat(33)), Err(PasswordRefused::Length));
        assert_eq!(check("my name is Grace"), Err(PasswordRefused::HasTheName));
        assert_eq!(check("abababababab"), Err(PasswordRefused::Monotonous));
        let short: PersonName = "gr".parse().unwrap();
        assert_eq!(check_password("congratulations", &short), Ok(()));
    }
}
