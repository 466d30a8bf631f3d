//! The fields of a JSON object, taken out one by one.

use std::collections::BTreeMap;

use secrecy::SecretString;
use serde_json::value::RawValue;

use super::rule::Rule;
use super::secret;
use crate::problem::Problem;

/// What is left of a JSON object, with its path in the body.
pub(crate) struct Fields<'b> {
    path: String,
    values: BTreeMap<String, &'b RawValue>,
}

impl<'b> Fields<'b> {
    /// The fields of a whole body.
    pub(crate) fn of_body(body: &'b [u8]) -> Result<Self, Problem> {
        let values =
            serde_json::from_slice(body).map_err(|_| Problem::invalid("body", "is a JSON object"))?;
        Ok(Self {
            path: String::new(),
            values,
        })
    }

    /// Takes a field that must be there.
    pub(crate) fn required<T>(&mut self, name: &str, rule: &Rule<T>) -> Result<T, Problem> {
        self.optional(name, rule)?
            .ok_or_else(|| Problem::invalid(self.path_of(name), "is there"))
    }

    /// Takes a field that may be absent, or `null`.
    pub(crate) fn optional<T>(&mut self, name: &str, rule: &Rule<T>) -> Result<Option<T>, Problem> {
        let Some(value) = self.take(name) else {
            return Ok(None);
        };
        (rule.read)(value)
            .map(Some)
            .ok_or_else(|| Problem::invalid(self.path_of(name), rule.says))
    }

    /// Takes an object that must be there.
    pub(crate) fn object(&mut self, name: &str) -> Result<Self, Problem> {
        self.optional_object(name)?
            .ok_or_else(|| Problem::invalid(self.path_of(name), "is there"))
    }

    /// Takes an object that may be absent, or `null`.
    pub(crate) fn optional_object(&mut self, name: &str) -> Result<Option<Self>, Problem> {
        let Some(value) = self.take(name) else {
            return Ok(None);
        };
        let path = self.path_of(name);
        match serde_json::from_str(value.get()) {
            Ok(values) => Ok(Some(Self { path, values })),
            Err(_) => Err(Problem::invalid(path, "is a JSON object")),
        }
    }

    /// Takes a secret that may be absent, or `null`.
    pub(crate) fn optional_secret(&mut self, name: &str) -> Result<Option<SecretString>, Problem> {
        let Some(value) = self.take(name) else {
            return Ok(None);
        };
        secret::read(value)
            .map(Some)
            .map_err(|rule| Problem::invalid(self.path_of(name), rule))
    }

    /// The names of what nobody has taken yet.
    pub(crate) fn names(&self) -> Vec<String> {
        self.values.keys().cloned().collect()
    }

    /// Refuses what nobody has taken. Its name is not told: it may be what somebody typed in the wrong place.
    pub(crate) fn end(self) -> Result<(), Problem> {
        if self.values.is_empty() {
            return Ok(());
        }
        let field = if self.path.is_empty() {
            "body".to_owned()
        } else {
            self.path
        };
        Err(Problem::invalid(field, "holds no unknown field"))
    }

    /// The path of this object.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// The path of a field of this object.
    pub(crate) fn path_of(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        }
    }

    fn take(&mut self, name: &str) -> Option<&'b RawValue> {
        self.values.remove(name).filter(|value| value.get() != "null")
    }
}
