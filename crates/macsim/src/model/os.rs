//! The version of macOS a simulated Mac runs, and what changed between versions.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A macOS version as `sw_vers -productVersion` shows it, for example `10.13.6` or `15.2`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OsVersion {
    /// `10`, `11` … `15`, `26`.
    pub major: u16,
    /// `13` in `10.13.6`.
    pub minor: u16,
    /// `6` in `10.13.6`; not shown when zero.
    pub patch: u16,
}

/// The text is no macOS version.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not a macOS version such as 15.2 or 10.13.6")]
pub struct NotAVersion(String);

impl OsVersion {
    /// The version `major.minor`.
    #[must_use]
    pub const fn new(major: u16, minor: u16) -> Self {
        Self {
            major,
            minor,
            patch: 0,
        }
    }

    /// The version `major.minor.patch`.
    #[must_use]
    pub const fn with_patch(major: u16, minor: u16, patch: u16) -> Self {
        Self { major, minor, patch }
    }

    /// Secure Token came with macOS 10.13.
    #[must_use]
    pub fn has_secure_token(self) -> bool {
        self >= Self::new(10, 13)
    }

    /// From macOS 11 the first token goes to the first account whose password is set.
    #[must_use]
    pub fn grants_first_token_when_password_is_set(self) -> bool {
        self.major >= 11
    }

    /// The build number; real ones for versions that field captures name, plausible ones elsewhere.
    #[must_use]
    pub fn build(self) -> String {
        let known = match (self.major, self.minor, self.patch) {
            (26, 5, 2) => "25F84",
            (26, 6, 0) => "25G72",
            (26, 6, 2) => "25G83",
            (13, 0, 0) => "22A100",
            _ => "",
        };
        if !known.is_empty() {
            return known.to_owned();
        }
        let darwin = match self.major {
            10 => self.minor + 4,
            26.. => self.major - 1,
            other => other + 9,
        };
        let letter = char::from(
            b'A' + u8::try_from((if self.major == 10 { self.patch } else { self.minor }) % 26).unwrap_or(0),
        );
        format!("{darwin}{letter}{}", 100 + self.minor * 7 + self.patch)
    }
}

impl fmt::Display for OsVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)?;
        if self.patch == 0 {
            Ok(())
        } else {
            write!(f, ".{}", self.patch)
        }
    }
}

impl FromStr for OsVersion {
    type Err = NotAVersion;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let numbers: Option<Vec<u16>> = text.split('.').map(|part| part.parse().ok()).collect();
        match numbers.as_deref() {
            Some([major]) => Ok(Self::new(*major, 0)),
            Some([major, minor]) => Ok(Self::new(*major, *minor)),
            Some([major, minor, patch]) => Ok(Self::with_patch(*major, *minor, *patch)),
            _ => Err(NotAVersion(text.to_owned())),
        }
    }
}

impl TryFrom<String> for OsVersion {
    type Error = NotAVersion;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<OsVersion> for String {
    fn from(version: OsVersion) -> Self {
        version.to_string()
    }
}
