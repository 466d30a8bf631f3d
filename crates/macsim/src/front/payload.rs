//! Configuration profiles and their payloads, as every reader of one sees them.

use plist::{Dictionary, Value};

/// Why a Mac does not install a profile.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// It is no profile.
    #[error("this is no configuration profile")]
    NotAProfile,
    /// A payload lacks something.
    #[error("the payload {0} lacks {1}, or has something else in its place")]
    Lacks(&'static str, &'static str),
    /// The identity does not open with its password.
    #[error("the identity in the profile cannot be imported")]
    Identity,
}

/// A configuration profile.
pub(super) struct Profile(Dictionary);

/// One payload, with its type.
#[derive(Clone, Copy)]
pub(super) struct Payload<'a>(&'static str, &'a Dictionary);

impl Profile {
    /// Reads one.
    ///
    /// # Errors
    /// When it is none.
    pub(super) fn read(profile: &[u8]) -> Result<Self, ProfileError> {
        let value = Value::from_reader_xml(profile).map_err(|_| ProfileError::NotAProfile)?;
        let whole = Self(value.into_dictionary().ok_or(ProfileError::NotAProfile)?);
        match whole.whole().text("PayloadType")?.as_str() {
            "Configuration" => Ok(whole),
            _ => Err(ProfileError::NotAProfile),
        }
    }

    /// What it says of itself.
    pub(super) fn whole(&self) -> Payload<'_> {
        Payload("Configuration", &self.0)
    }

    /// Its payloads, in their order.
    pub(super) fn parts(&self) -> impl Iterator<Item = &Dictionary> {
        let parts = self.0.get("PayloadContent").and_then(Value::as_array);
        parts.into_iter().flatten().filter_map(Value::as_dictionary)
    }

    /// The one payload of a type.
    ///
    /// # Errors
    /// When there is none, or there are several.
    pub(super) fn payload(&self, kind: &'static str) -> Result<Payload<'_>, ProfileError> {
        let mut found = self
            .parts()
            .filter(|part| part.get("PayloadType").and_then(Value::as_string) == Some(kind));
        match (found.next(), found.next()) {
            (Some(part), None) => Ok(Payload(kind, part)),
            _ => Err(ProfileError::Lacks("Configuration", kind)),
        }
    }
}

impl<'a> Payload<'a> {
    /// The value of a key.
    pub(super) fn get(self, key: &str) -> Option<&'a Value> {
        self.1.get(key)
    }

    /// The text of a key.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn text(self, key: &'static str) -> Result<String, ProfileError> {
        let text = self.get(key).and_then(Value::as_string);
        text.map(str::to_owned).ok_or(ProfileError::Lacks(self.0, key))
    }
}
