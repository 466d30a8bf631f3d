//! What a password must be with which a person signs in to Bestow. Passwords of accounts on Macs are another matter.

mod common;

use super::PersonName;
use common::without_common;

/// Our own name is what somebody thinks of first who needs a password for us.
const PRODUCT: &str = "bestow";

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
    /// It has the name of what it is for.
    #[error("does not contain the name of this product")]
    HasTheProduct,
    /// It is a password that many people have, or several of them, with little else.
    #[error("is not made of passwords that many people have, such as \"password\" or \"123456\"")]
    Common,
    /// It is one character, or a handful of them, over and over.
    #[error("has five different characters at least")]
    Monotonous,
}

/// Whether `name` may sign in with `password`. Length is what makes a password hard to guess: nothing is asked about
/// capitals and digits. What is guessed first is refused however long it is.
///
/// # Errors
/// With the rule that it breaks.
pub fn check_password(password: &str, name: &PersonName) -> Result<(), PasswordRefused> {
    if password.chars().count() < SHORTEST || password.len() > LONGEST {
        return Err(PasswordRefused::Length);
    }
    if different(password) < FEWEST_DIFFERENT {
        return Err(PasswordRefused::Monotonous);
    }
    let lower = password.to_lowercase();
    // A name of one or two letters is in nearly every text.
    let name = name.as_str();
    if name.len() > 2 && lower.contains(name) {
        return Err(PasswordRefused::HasTheName);
    }
    if lower.contains(PRODUCT) {
        return Err(PasswordRefused::HasTheProduct);
    }
    if without_common(&lower).any(|left| different(&left) < FEWEST_DIFFERENT) {
        return Err(PasswordRefused::Common);
    }
    Ok(())
}

fn different(text: &str) -> usize {
    let mut different: Vec<char> = text.chars().collect();
    different.sort_unstable();
    different.dedup();
    different.len()
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
        assert_eq!(check("Bestow-me-a-token"), Err(PasswordRefused::HasTheProduct));
        let short: PersonName = "gr".parse().unwrap();
        assert_eq!(check_password("congratulations", &short), Ok(()));
    }

    #[test]
    fn what_many_people_have_is_refused_and_what_is_left_beside_it_counts() {
        let name: PersonName = "grace".parse().unwrap();
        for common in [
            "password1234",
            "PasswordPassword",
            "P@ssw0rd1234",
            "qwertyuiop123",
            "letmeinletmein1",
            "Summer2026!!",
            "1q2w3e4r5t6y",
            "iloveyou iloveyou",
            "123456789101112",
        ] {
            assert_eq!(
                check_password(common, &name),
                Err(PasswordRefused::Common),
                "{common}"
            );
        }
        for good in [
            "correct horse battery staple",
            "my dragon reads in the rain",
            "wet-paint-on-every-bench",
            "zwölf Zeichen",
            "f4Qm-81xz-LpT0",
        ] {
            assert_eq!(check_password(good, &name), Ok(()), "{good}");
        }
    }
}
