//! The words that can stand between percent signs.

use crate::enrolment::AttributeName;

/// What a wildcard stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// The person's user name; in the name of an account, the local account that is the person's.
    Username,
    /// The person's name.
    FullName,
    /// The person's e-mail address.
    Email,
    /// The Mac's serial number.
    SerialNumber,
    /// The computer's name.
    DeviceName,
    /// The person's password, as it was collected.
    Password,
    /// An attribute of the organisation's own.
    Attribute(AttributeName),
}

impl Word {
    /// The words that every organisation has.
    pub const BUILT_IN: [Self; 6] = [
        Self::Username,
        Self::FullName,
        Self::Email,
        Self::SerialNumber,
        Self::DeviceName,
        Self::Password,
    ];

    /// The word as it is written between percent signs.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Username => "username",
            Self::FullName => "fullname",
            Self::Email => "email",
            Self::SerialNumber => "serialnumber",
            Self::DeviceName => "devicename",
            Self::Password => "password",
            Self::Attribute(name) => name.as_str(),
        }
    }

    /// The wildcard, such as `%username%`.
    pub fn wildcard(&self) -> String {
        format!("%{}%", self.as_str())
    }

    /// The word that is written so, in whichever case; `None` when no word can be.
    pub fn parse(text: &str) -> Option<Self> {
        let built_in = Self::BUILT_IN
            .into_iter()
            .find(|word| word.as_str().eq_ignore_ascii_case(text));
        built_in.or_else(|| text.parse().ok().map(Self::Attribute))
    }

    /// Whether an organisation can have an attribute of this name: it is no built-in word.
    pub fn is_free(name: &AttributeName) -> bool {
        matches!(Self::parse(name.as_str()), Some(Self::Attribute(_)))
    }
}
