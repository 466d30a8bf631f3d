//! The API token: out of a file or a variable, never an argument.

use std::path::Path;

use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::exit::Failure;

/// The variable that holds the token when no file is named.
pub const TOKEN_VARIABLE: &str = "BESTOW_TOKEN";

/// The token in `file`, or in the variable.
pub fn read(file: Option<&Path>) -> Result<SecretString, Failure> {
    let (place, text) = match file {
        Some(file) => {
            let place = format!("The token file {}", file.display());
            let text = std::fs::read_to_string(file).map_err(|error| {
                Failure::usage(format!(
                    "{place} cannot be read: {error}. Name the file that holds the API token with --token-file or \
                     BESTOW_TOKEN_FILE."
                ))
            })?;
            (place, text)
        }
        None => {
            let text = std::env::var(TOKEN_VARIABLE).map_err(|_| {
                Failure::usage(format!(
                    "No API token is given. Name a file that holds it with --token-file, or set {TOKEN_VARIABLE}. The \
                     server's first start wrote one: api-token in its data folder."
                ))
            })?;
            (format!("The variable {TOKEN_VARIABLE}"), text)
        }
    };
    checked(&Zeroizing::new(text))
        .map_err(|rule| Failure::usage(format!("{place} holds no API token: {rule}.")))
}

fn checked(text: &str) -> Result<SecretString, &'static str> {
    match text.trim() {
        "" => Err("it is empty"),
        token if token.chars().all(|c| c.is_ascii_graphic()) => Ok(SecretString::from(token)),
        _ => Err("a token is one word of letters, digits and signs"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret as _;

    #[test]
    fn a_token_is_one_word() {
        assert_eq!(checked(" abc-1\n").unwrap().expose_secret(), "abc-1");
        for text in ["", " \n", "two words", "two\nlines", "caf\u{e9}"] {
            assert!(checked(text).is_err(), "{text:?}");
        }
    }
}
