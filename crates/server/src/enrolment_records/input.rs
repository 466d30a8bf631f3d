//! An enrolment record as a caller gives it.

use std::collections::{BTreeMap, BTreeSet};

use secrecy::SecretString;
use trust::enrolment::{AttributeName, AttributeValue, EnrolmentRecord, SerialNumber};
use trust::wildcard::Word;
use utoipa::ToSchema;

use super::meant::NOT_ENROLLED;
use super::save::{Person, Said};
use crate::input::{
    ATTRIBUTE_VALUE, EMAIL_ADDRESS, FLAG, Fields, PLAIN_ACCOUNT_NAME, PLAIN_FULL_NAME, SecretBody,
};
use crate::problem::Problem;

/// Who uses a Mac. What is left out of the person is forgotten; secrets that are left out stay as they are.
// Only its schema is used: what holds secrets is read field by field.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct EnrolmentRecordInput {
    /// The person's user name in the organisation.
    username: Option<String>,
    /// The person's name.
    full_name: Option<String>,
    /// The person's e-mail address.
    email: Option<String>,
    /// The local account that is the person's, when its record name is not the user name.
    account: Option<String>,
    /// The organisation's own attributes, by name: a letter, then letters, digits and underscores, at most 40.
    attributes: Option<BTreeMap<String, String>>,
    /// Secrets for wildcards, by name: `password`, or an attribute that is secret from then on. Each is sealed at once to
    /// the Mac's key, or to the vault's until the Mac has one, and never shown. `null` destroys what was collected.
    #[schema(write_only)]
    secrets: Option<BTreeMap<String, Option<String>>>,
    /// Whether the Mac is still to come: a serial number that no Mac has, and for which nothing is kept, is refused unless
    /// this is true.
    not_enrolled: Option<bool>,
}

/// What a caller says of a Mac.
pub(super) struct Asked {
    /// What is to be saved.
    pub said: Said,
    /// Whether he says that the Mac has not enrolled.
    pub not_enrolled: bool,
}

/// Reads what is said of the Mac of this serial number.
pub(super) fn read(body: &SecretBody, serial_number: SerialNumber) -> Result<Asked, Problem> {
    let mut fields = body.fields()?;
    let record = EnrolmentRecord {
        username: fields.optional("username", &PLAIN_ACCOUNT_NAME)?,
        full_name: fields.optional("full_name", &PLAIN_FULL_NAME)?,
        email: fields.optional("email", &EMAIL_ADDRESS)?,
        account: fields.optional("account", &PLAIN_ACCOUNT_NAME)?,
        attributes: attributes(fields.optional_object("attributes")?)?,
        ..EnrolmentRecord::new(serial_number.clone())
    };
    let (secrets, forget) = secrets(fields.optional_object("secrets")?)?;
    let not_enrolled = fields.optional(NOT_ENROLLED, &FLAG)?.unwrap_or(false);
    fields.end()?;
    let said = Said {
        serial_number,
        person: Person::Whole(record),
        secrets,
        forget,
    };
    Ok(Asked { said, not_enrolled })
}

fn attributes(fields: Option<Fields<'_>>) -> Result<BTreeMap<AttributeName, AttributeValue>, Problem> {
    let mut attributes = BTreeMap::new();
    let Some(mut fields) = fields else {
        return Ok(attributes);
    };
    for word in fields.names() {
        let name = attribute_name(&word).filter(Word::is_free).ok_or_else(|| {
            Problem::invalid(
                "attributes",
                "has names of a letter, then letters, digits and underscores, at most 40, and no built-in wildcard's",
            )
        })?;
        if let Some(value) = fields.optional(&word, &ATTRIBUTE_VALUE)? {
            attributes.insert(name, value);
        }
    }
    Ok(attributes)
}

type Secrets = (BTreeMap<AttributeName, SecretString>, BTreeSet<AttributeName>);

fn secrets(fields: Option<Fields<'_>>) -> Result<Secrets, Problem> {
    let (mut given, mut forget) = Secrets::default();
    let Some(mut fields) = fields else {
        return Ok((given, forget));
    };
    for word in fields.names() {
        let name = attribute_name(&word).filter(can_be_secret).ok_or_else(|| {
            Problem::invalid(
                "secrets",
                "has names of a letter, then letters, digits and underscores, at most 40: `password`, or no built-in wildcard's",
            )
        })?;
        match fields.optional_secret(&word)? {
            Some(secret) => drop(given.insert(name, secret)),
            None => drop(forget.insert(name)),
        }
    }
    Ok((given, forget))
}

/// Names are told in refusals by their place only: they may be what somebody typed in the wrong place.
fn attribute_name(word: &str) -> Option<AttributeName> {
    // Two names that differ in case would be one.
    let name: AttributeName = word.parse().ok()?;
    (name.as_str() == word).then_some(name)
}

/// Whether the values of an attribute can be secret.
pub(super) fn can_be_secret(name: &AttributeName) -> bool {
    *name == AttributeName::password() || Word::is_free(name)
}
