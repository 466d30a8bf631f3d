//! What the lines of a table say.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use trust::enrolment::{RecordChange, SerialNumber};
use zeroize::Zeroizing;

use super::super::save::{Person, Said};
use super::columns::Column;
use crate::input::take_secret;
use crate::secret_table::{Cells, Table};
use crate::table_import::BadLine;

/// What a table says, line by line.
#[derive(Default)]
pub(super) struct Rows {
    /// What is said, with the line where it stands.
    pub said: Vec<(u64, Said)>,
    /// What cannot be taken.
    pub bad: Vec<BadLine>,
}

/// Reads the lines of a table. A cell that is empty says nothing.
pub(super) fn rows(table: &Table, columns: &[Column]) -> Rows {
    let mut rows = Rows::default();
    let mut seen: BTreeSet<SerialNumber> = BTreeSet::new();
    for line in table.lines() {
        match row(line, columns) {
            Ok(said) if seen.insert(said.serial_number.clone()) => rows.said.push((line.line(), said)),
            Ok(_) => rows.bad.push(BadLine::of(
                line,
                Some(&Column::SerialNumber.name()),
                "names each Mac once: an earlier line has this serial number",
            )),
            Err(bad) => rows.bad.extend(bad),
        }
    }
    rows
}

fn row(line: Cells<'_>, columns: &[Column]) -> Result<Said, Vec<BadLine>> {
    let mut reader = Reader {
        line,
        bad: Vec::new(),
        serial_number: None,
        change: RecordChange::default(),
        secrets: BTreeMap::new(),
    };
    if line.count() != columns.len() {
        reader.wrong(None, "has as many cells as the head has columns");
        return Err(reader.bad);
    }
    for (place, column) in columns.iter().enumerate() {
        reader.cell(place, column);
    }
    let Some(serial_number) = reader.serial_number.filter(|_| reader.bad.is_empty()) else {
        return Err(reader.bad);
    };
    Ok(Said {
        serial_number,
        person: Person::Part(reader.change),
        secrets: reader.secrets,
        forget: BTreeSet::new(),
    })
}

/// Reads the cells of one line.
struct Reader<'t> {
    line: Cells<'t>,
    bad: Vec<BadLine>,
    serial_number: Option<SerialNumber>,
    change: RecordChange,
    secrets: BTreeMap<trust::enrolment::AttributeName, secrecy::SecretString>,
}

impl Reader<'_> {
    fn cell(&mut self, place: usize, column: &Column) {
        let Some(text) = self.line.text(place) else {
            return self.wrong(Some(column), "is UTF-8 text");
        };
        match column {
            Column::SerialNumber => {
                self.serial_number = self.read(
                    text,
                    column,
                    "has 1 to 64 printable ASCII characters without blanks and slashes",
                );
            }
            Column::Username => self.change.username = self.filled(text, column, RECORD_NAME),
            Column::Account => self.change.account = self.filled(text, column, RECORD_NAME),
            Column::FullName => {
                let rule =
                    "is a full name: at most 255 bytes, no control characters, no hyphen at its beginning";
                self.change.full_name = self.filled(text, column, rule);
            }
            Column::Email => {
                let rule =
                    "is an e-mail address: something before and after its @, no blanks, at most 254 bytes";
                self.change.email = self.filled(text, column, rule);
            }
            Column::Attribute(name) => {
                let rule = "has at most 255 bytes and no control characters";
                if let Some(value) = self.filled(text, column, rule) {
                    self.change.attributes.insert(name.clone(), value);
                }
            }
            // Blanks around a password are a part of it.
            Column::Secret(name) if !text.is_empty() => match take_secret(&Zeroizing::new(text.to_owned())) {
                Ok(secret) => drop(self.secrets.insert(name.clone(), secret)),
                Err(rule) => self.wrong(Some(column), rule),
            },
            Column::Secret(_) => {}
        }
    }

    /// What stands in a cell that may be empty.
    fn filled<T: FromStr>(&mut self, text: &str, column: &Column, rule: &'static str) -> Option<T> {
        let text = text.trim();
        if text.is_empty() {
            None
        } else {
            self.read(text, column, rule)
        }
    }

    fn read<T: FromStr>(&mut self, text: &str, column: &Column, rule: &'static str) -> Option<T> {
        let read = text.parse().ok();
        if read.is_none() {
            self.wrong(Some(column), rule);
        }
        read
    }

    fn wrong(&mut self, column: Option<&Column>, rule: &'static str) {
        let column = column.map(Column::name);
        self.bad.push(BadLine::of(self.line, column.as_deref(), rule));
    }
}

const RECORD_NAME: &str = "is a record name: at most 244 bytes, no control characters, slashes or colons, neither hyphen nor full stop at its beginning";
