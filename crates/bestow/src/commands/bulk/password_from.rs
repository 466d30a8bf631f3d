//! Passwords that each Mac has of its own: the wildcard that stands for them.

use std::str::FromStr;

use trust::wildcard::is_template;

/// One wildcard and nothing else, such as `%password%`. It is no secret; a password could not be given like this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasswordFrom(String);

impl PasswordFrom {
    /// The wildcard.
    pub fn wildcard(&self) -> &str {
        &self.0
    }
}

impl FromStr for PasswordFrom {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let inner = text.strip_prefix('%').and_then(|rest| rest.strip_suffix('%'));
        match inner {
            Some(word) if is_template(text) && !word.contains('%') => Ok(Self(text.to_owned())),
            _ => Err("is one wildcard and nothing else, such as %password%; a password itself is never an argument".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_wildcard_alone_is_taken() {
        assert_eq!("%pin_2%".parse(), Ok(PasswordFrom("%pin_2%".to_owned())));
        for text in [
            "secret",
            "%password",
            "x%password%",
            "%a%%b%",
            "%%",
            "%1%",
            "",
            "%a b%",
        ] {
            assert!(text.parse::<PasswordFrom>().is_err(), "{text}");
        }
    }
}
