//! What the form of a record holds, and what can be wrong with it.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use trust::enrolment::{AttributeName, AttributeValue, EnrolmentRecord};
use trust::wildcard::{AttributeKind, Word};

use super::known::Known;
use crate::console::components::{Errors, sentence};
use crate::enrolment_records::save::{Person, Said};
use crate::input::SecretForm;

/// Names of fields, as the form sends them.
pub(super) mod name {
    use trust::enrolment::AttributeName;

    pub(crate) const FULL_NAME: &str = "full_name";
    pub(crate) const USERNAME: &str = "username";
    pub(crate) const EMAIL: &str = "email";
    pub(crate) const ACCOUNT: &str = "account";
    pub(crate) const NEW_ATTRIBUTE: &str = "new_attribute";
    pub(crate) const NEW_VALUE: &str = "new_value";
    pub(crate) const NEW_SECRET: &str = "new_secret";
    pub(crate) const NEW_SECRET_VALUE: &str = "new_secret_value";
    /// When the record was changed last, as the page showed it.
    pub(crate) const SEEN: &str = "seen";

    pub(crate) fn attribute(name: &AttributeName) -> String {
        format!("attribute.{name}")
    }

    pub(crate) fn secret(name: &AttributeName) -> String {
        format!("secret.{name}")
    }

    pub(crate) fn destroy(name: &AttributeName) -> String {
        format!("destroy.{name}")
    }
}

/// What is filled in, secrets left out.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    pub full_name: String,
    pub username: String,
    pub email: String,
    pub account: String,
    /// The attributes that the record has.
    pub attributes: BTreeMap<AttributeName, String>,
    /// An attribute that it is to have, and its value.
    pub new_attribute: String,
    pub new_value: String,
    /// The name of a secret that was not collected before.
    pub new_secret: String,
}

impl Draft {
    /// What the record holds.
    pub(super) fn of(known: &Known) -> Self {
        let Some(record) = &known.record else {
            return Self::default();
        };
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        Self {
            full_name: text(record.full_name.as_ref().map(|name| name.as_str())),
            username: text(record.username.as_ref().map(|name| name.as_str())),
            email: text(record.email.as_ref().map(|email| email.as_str())),
            account: text(record.account.as_ref().map(|account| account.as_str())),
            attributes: record
                .attributes
                .iter()
                .map(|(name, value)| (name.clone(), value.as_str().to_owned()))
                .collect(),
            ..Self::default()
        }
    }

    /// What stands in a form that was sent.
    pub(super) fn read(form: &SecretForm, known: &Known) -> Self {
        let attributes = known.record.iter().flat_map(|record| record.attributes.keys());
        Self {
            full_name: form.text(name::FULL_NAME),
            username: form.text(name::USERNAME),
            email: form.text(name::EMAIL),
            account: form.text(name::ACCOUNT),
            attributes: attributes
                .map(|attribute| (attribute.clone(), form.text(&name::attribute(attribute))))
                .collect(),
            new_attribute: form.text(name::NEW_ATTRIBUTE),
            new_value: form.text(name::NEW_VALUE),
            new_secret: form.text(name::NEW_SECRET),
        }
    }

    /// What is said by it, secrets and all, or everything that is wrong.
    pub(super) fn said(&self, form: &SecretForm, known: &Known) -> Result<Said, Errors<String>> {
        let mut reader = Reader {
            known,
            errors: Errors::new(),
        };
        let record = EnrolmentRecord {
            full_name: reader.optional(name::FULL_NAME, &self.full_name),
            username: reader.optional(name::USERNAME, &self.username),
            email: reader.optional(name::EMAIL, &self.email),
            account: reader.optional(name::ACCOUNT, &self.account),
            attributes: reader.attributes(self),
            ..EnrolmentRecord::new(known.serial_number.clone())
        };
        let secrets = reader.secrets(self, form);
        let ticked = |attribute: &AttributeName| form.is_ticked(&name::destroy(attribute));
        let collected = known.record.iter().flat_map(|record| &record.secrets);
        let collected = collected.map(|secret| &secret.collection.attribute);
        // What is collected anew takes the place of what was.
        let forget: BTreeSet<AttributeName> = collected
            .filter(|name| ticked(name) && !secrets.contains_key(*name))
            .cloned()
            .collect();
        if reader.errors.is_empty() {
            Ok(Said {
                serial_number: known.serial_number.clone(),
                person: Person::Whole(record),
                secrets,
                forget,
            })
        } else {
            Err(reader.errors)
        }
    }
}

/// Reads fields, and notes what is wrong with them.
struct Reader<'a> {
    known: &'a Known,
    errors: Errors<String>,
}

impl Reader<'_> {
    fn wrong(&mut self, field: impl Into<String>, error: impl Into<String>) {
        self.errors.insert(field.into(), error.into());
    }

    fn optional<T: FromStr<Err: std::fmt::Display>>(&mut self, field: &str, text: &str) -> Option<T> {
        if text.is_empty() {
            return None;
        }
        let read = text.parse::<T>();
        read.map_err(|error| self.wrong(field, format!("{}.", sentence(&error.to_string()))))
            .ok()
    }

    /// An attribute that is emptied is forgotten.
    fn attributes(&mut self, draft: &Draft) -> BTreeMap<AttributeName, AttributeValue> {
        let mut attributes = BTreeMap::new();
        for (attribute, text) in &draft.attributes {
            if let Some(value) = self.optional(&name::attribute(attribute), text) {
                attributes.insert(attribute.clone(), value);
            }
        }
        match (draft.new_attribute.is_empty(), draft.new_value.is_empty()) {
            (true, true) => {}
            (true, false) => self.wrong(name::NEW_ATTRIBUTE, "Enter the attribute's name, too."),
            (false, true) => self.wrong(name::NEW_VALUE, "Enter the attribute's value, too."),
            (false, false) => {
                let new = self.name(name::NEW_ATTRIBUTE, &draft.new_attribute, AttributeKind::Plain);
                let value = self.optional(name::NEW_VALUE, &draft.new_value);
                attributes.extend(new.zip(value));
            }
        }
        attributes
    }

    fn secrets(
        &mut self,
        draft: &Draft,
        form: &SecretForm,
    ) -> BTreeMap<AttributeName, secrecy::SecretString> {
        let mut secrets = BTreeMap::new();
        for attribute in self.known.secret_attributes() {
            let field = name::secret(&attribute);
            match form.secret(&field) {
                Ok(secret) => secrets.extend(secret.map(|secret| (attribute, secret))),
                Err(rule) => self.wrong(field, format!("A secret {rule}.")),
            }
        }
        let typed = form.secret(name::NEW_SECRET_VALUE);
        match (draft.new_secret.is_empty(), typed) {
            (true, Ok(None)) => {}
            (true, _) => self.wrong(name::NEW_SECRET, "Enter the secret's name, too."),
            (false, Ok(None)) => self.wrong(name::NEW_SECRET_VALUE, "Enter the secret, too."),
            (false, Err(rule)) => self.wrong(name::NEW_SECRET_VALUE, format!("A secret {rule}.")),
            (false, Ok(Some(secret))) => {
                let new = self.name(name::NEW_SECRET, &draft.new_secret, AttributeKind::Secret);
                secrets.extend(new.map(|new| (new, secret)));
            }
        }
        secrets
    }

    /// The name of an attribute that the record does not have yet.
    fn name(&mut self, field: &str, text: &str, kind: AttributeKind) -> Option<AttributeName> {
        let name: AttributeName = self.optional(field, text)?;
        if !Word::is_free(&name) {
            self.wrong(field, "This is the name of a built-in wildcard: choose another.");
            return None;
        }
        match (kind, self.known.attributes.get(&name)) {
            (AttributeKind::Plain, Some(AttributeKind::Secret)) => {
                self.wrong(
                    field,
                    "This attribute is secret: its value belongs to the secrets.",
                );
                None
            }
            (AttributeKind::Secret, Some(AttributeKind::Plain)) => {
                self.wrong(field, "This attribute is not secret: choose another name.");
                None
            }
            _ => Some(name),
        }
    }
}
