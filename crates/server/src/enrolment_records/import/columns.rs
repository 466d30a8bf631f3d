//! What the columns of a table mean.

use trust::enrolment::AttributeName;
use trust::wildcard::{AttributeKind, Word};

use super::super::input::can_be_secret;
use crate::secret_table::Cells;
use crate::table_import::BadLine;
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

/// The rule of a heading.
const HEADING: &str = "is serial_number, username, full_name, email, account or password; or an attribute of your own: a letter, then letters, digits and underscores, at most 40; or `secret.` and such a name for one that is secret";

/// The longest heading that is repeated, in characters.
const LONGEST_HEADING: usize = 40;

/// The columns that a head names, or what is wrong with it. A table without a head may have a password in its first line,
/// so a name that is not known is told by its place, and repeated only where the line is a head without doubt.
pub(super) fn columns(head: Cells<'_>, known: &Attributes) -> Result<Vec<Column>, Vec<BadLine>> {
    let mut columns: Vec<Column> = Vec::new();
    let mut bad = Vec::new();
    let is_head = is_head(&head);
    let mut wrong = |column: String, heading: Option<&str>, rule: &'static str| {
        bad.push(BadLine {
            line: head.line(),
            column: Some(column),
            heading: heading
                .filter(|text| is_head && can_be_told(text))
                .map(str::to_owned),
            rule: rule.into(),
        })
    };
    for place in 0..head.count() {
        let number = (place + 1).to_string();
        let heading = head.text(place);
        match heading.and_then(Column::of) {
            None => wrong(number, heading, HEADING),
            Some(column) if columns.contains(&column) => {
                wrong(number, heading, "stands in the head once");
            }
            Some(column) if column.is_of_the_other_kind(known) => wrong(
                column.name(),
                heading,
                "is secret in every table or in none: `secret.NAME` for a secret attribute, `NAME` for any other",
            ),
            Some(column) => columns.push(column),
        }
    }
    if !columns.contains(&Column::SerialNumber) {
        wrong("serial_number".to_owned(), None, "stands in the head");
    }
    if bad.is_empty() { Ok(columns) } else { Err(bad) }
}

/// Whether the first line is a head without doubt: it names the serial number, or two other fields.
fn is_head(head: &Cells<'_>) -> bool {
    let named = (0..head.count()).filter_map(|place| Column::of(head.text(place)?));
    let fields: Vec<Column> = named
        .filter(|column| !matches!(column, Column::Attribute(_)))
        .collect();
    fields.contains(&Column::SerialNumber) || fields.len() > 1
}

/// Whether a heading looks like one: words, and nothing that only a password has.
fn can_be_told(heading: &str) -> bool {
    heading.chars().count() <= LONGEST_HEADING
        && heading
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.'))
}

/// The name of an attribute's column.
pub(super) fn named(name: &AttributeName, kind: AttributeKind) -> String {
    match kind {
        AttributeKind::Plain => Column::Attribute(name.clone()).name(),
        AttributeKind::Secret => Column::Secret(name.clone()).name(),
    }
}
