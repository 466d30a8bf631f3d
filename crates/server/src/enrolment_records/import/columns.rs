//! What the columns of a table mean.

use trust::enrolment::AttributeName;
use trust::wildcard::{AttributeKind, Word};

use super::super::input::can_be_secret;
use super::view::BadLine;
use crate::secret_table::Cells;
use store::enrolment_attribute::Attributes;

/// Before the name of a secret attribute.
const SECRET: &str = "secret.";

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Column {
    /// The Mac's serial number.
    SerialNumber,
    /// The person's user name.
    Username,
    /// The person's name.
    FullName,
    /// The person's e-mail address.
    Email,
    /// The local account that is the person's.
    Account,
    /// An attribute that is not secret.
    Attribute(AttributeName),
    /// A secret: the password, or an attribute.
    Secret(AttributeName),
}

impl Column {
    /// The column's name, as it is told.
    pub(super) fn name(&self) -> String {
        match self {
            Self::SerialNumber => "serial_number".to_owned(),
            Self::Username => "username".to_owned(),
            Self::FullName => "full_name".to_owned(),
            Self::Email => "email".to_owned(),
            Self::Account => "account".to_owned(),
            Self::Attribute(name) => name.to_string(),
            Self::Secret(name) if *name == AttributeName::password() => name.to_string(),
            Self::Secret(name) => format!("{SECRET}{name}"),
        }
    }

    /// The column that is named so, in whichever case.
    fn of(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase();
        Some(match name.as_str() {
            "serial_number" => Self::SerialNumber,
            "username" => Self::Username,
            "full_name" => Self::FullName,
            "email" => Self::Email,
            "account" => Self::Account,
            "password" => Self::Secret(AttributeName::password()),
            other => match other.strip_prefix(SECRET) {
                Some(secret) => Self::Secret(secret.parse().ok().filter(can_be_secret)?),
                None => Self::Attribute(other.parse().ok().filter(Word::is_free)?),
            },
        })
    }

    /// Whether the organisation knows the column's attribute as one of the other kind.
    fn is_of_the_other_kind(&self, known: &Attributes) -> bool {
        match self {
            Self::Attribute(name) => known.get(name) == Some(&AttributeKind::Secret),
            Self::Secret(name) => known.get(name) == Some(&AttributeKind::Plain),
            Self::SerialNumber | Self::Username | Self::FullName | Self::Email | Self::Account => false,
        }
    }
}

/// The columns that a head names, or what is wrong with it. A table without a head may have a password in its first line,
/// so a name that is not known is told by its place.
pub(super) fn columns(head: Cells<'_>, known: &Attributes) -> Result<Vec<Column>, Vec<BadLine>> {
    let mut columns: Vec<Column> = Vec::new();
    let mut bad = Vec::new();
    let mut wrong = |column: String, rule: &'static str| {
        bad.push(BadLine {
            line: head.line(),
            column: Some(column),
            rule: rule.into(),
        })
    };
    for place in 0..head.count() {
        let number = (place + 1).to_string();
        match head.text(place).and_then(Column::of) {
            None => wrong(
                number,
                "is named after a field, an attribute, or `secret.` and a secret attribute",
            ),
            Some(column) if columns.contains(&column) => wrong(number, "stands in the head once"),
            Some(column) if column.is_of_the_other_kind(known) => wrong(
                column.name(),
                "is secret in every table or in none: `secret.NAME` for a secret attribute, `NAME` for any other",
            ),
            Some(column) => columns.push(column),
        }
    }
    if !columns.contains(&Column::SerialNumber) {
        wrong("serial_number".to_owned(), "stands in the head");
    }
    if bad.is_empty() { Ok(columns) } else { Err(bad) }
}
