//! The arguments of a call, which other processes can read, and so never hold a secret.

use std::fmt;

/// One argument of a call.
///
/// It is made from a text that is part of the program, or from a value by [`Arg::value`]. A
/// [`secrecy::SecretString`] turns into neither:
///
/// ```compile_fail
/// let password = secrecy::SecretString::from("orchid");
/// let arg = mac::Arg::from(password);
/// ```
/// ```compile_fail
/// use secrecy::ExposeSecret as _;
/// let password = secrecy::SecretString::from("orchid");
/// let arg = mac::Arg::from(password.expose_secret());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arg(String);

/// Why a value cannot be an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadArg {
    /// Apple's tools read a leading `-` as an option, wherever it stands.
    #[error("value begins with '-', which the tool would read as an option")]
    LooksLikeAnOption,
    /// An argument ends at its first NUL.
    #[error("value holds a NUL")]
    Nul,
}

impl Arg {
    /// An argument that holds a value from outside, such as a name.
    ///
    /// # Errors
    /// When the tool would read the value as something else than a value.
    pub fn value(text: &str) -> Result<Self, BadArg> {
        if text.starts_with('-') {
            return Err(BadArg::LooksLikeAnOption);
        }
        if text.contains('\0') {
            return Err(BadArg::Nul);
        }
        Ok(Self(text.to_owned()))
    }

    /// An argument that begins with a text of this program, so that it cannot be read as an option.
    pub(crate) fn path(prefix: &'static str, rest: &str) -> Result<Self, BadArg> {
        Self::value(&format!("{prefix}{rest}"))
    }

    /// The argument as the tool gets it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&'static str> for Arg {
    fn from(literal: &'static str) -> Self {
        Self(literal.to_owned())
    }
}

impl From<u32> for Arg {
    fn from(number: u32) -> Self {
        Self(number.to_string())
    }
}

impl AsRef<std::ffi::OsStr> for Arg {
    fn as_ref(&self) -> &std::ffi::OsStr {
        self.0.as_ref()
    }
}

impl fmt::Display for Arg {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Arg, BadArg};

    #[test]
    fn a_value_is_never_read_as_an_option() {
        assert_eq!(Arg::value("-deleteUser"), Err(BadArg::LooksLikeAnOption));
        assert_eq!(Arg::value("a\0b"), Err(BadArg::Nul));
    }

    #[test]
    fn odd_values_pass_unchanged() {
        for odd in ["", "José O'Neil", "a;b", "100%", "\"q\"", "🔑", "$(id)", "a\nb"] {
            assert_eq!(
                Arg::value(odd).map(|arg| arg.as_str().to_owned()),
                Ok(odd.to_owned())
            );
        }
    }
}
