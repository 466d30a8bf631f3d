//! Passwords that many people have.
//!
//! `common_passwords.txt` holds the thousand most frequent ones, and of the thirty thousand most frequent those of twelve
//! characters and more. It is taken from the list of the password estimator zxcvbn (MIT licence, copyright 2012-2016 Dan
//! Wheeler and Dropbox, Inc.), which counted passwords that became public. Nothing of it is shown to anybody.

/// The passwords, in small letters, the most frequent first.
const COMMON: &str = include_str!("common_passwords.txt");

/// What is left of a text in small letters when every common password is taken out, and the spaces: as it was typed, and with
/// the digits and signs read as the letters for which people put them.
pub(super) fn without_common(lower: &str) -> impl Iterator<Item = String> {
    let mut common: Vec<&str> = COMMON.split_whitespace().collect();
    // The longest first: what a shorter one would leave of it says nothing.
    common.sort_by_key(|password| std::cmp::Reverse(password.len()));
    [lower.to_owned(), lower.chars().map(letter).collect()]
        .into_iter()
        .map(move |text| {
            let left = common
                .iter()
                .fold(text, |left, password| left.replace(password, " "));
            left.replace(' ', "")
        })
}

/// The letter that a digit or a sign stands for.
fn letter(sign: char) -> char {
    match sign {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}
