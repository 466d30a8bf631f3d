//! What the lines of a table say that is entered into the vault.

use std::collections::BTreeSet;

use trust::enrolment::SerialNumber;
use trust::escrow::{EscrowKind, is_enterable};
use zeroize::Zeroizing;

use super::super::enter::{ENTERED_KIND, VALUE};
use super::super::entering::Said;
use crate::input::{SERIAL_NUMBER, take_secret};
use crate::secret_table::{Cells, Table};
use crate::table_import::BadLine;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    SerialNumber,
    Kind,
    Value,
    Legacy,
}

impl Column {
    const ALL: [Self; 4] = [Self::SerialNumber, Self::Kind, Self::Value, Self::Legacy];

    fn name(self) -> &'static str {
        match self {
            Self::SerialNumber => "serial_number",
            Self::Kind => "kind",
            Self::Value => "value",
            Self::Legacy => "legacy",
        }
    }
}

/// The rule of a heading. What stands there is not repeated: a table without a head has passwords in its first line.
const HEADING: &str = "is serial_number, kind, value or legacy, each once";

/// What a table says, line by line.
pub(super) struct Rows {
    /// What is said, with the line where it stands.
    pub said: Vec<(u64, Said)>,
    /// What cannot be taken.
    pub bad: Vec<BadLine>,
}

/// Reads a table, or tells what is wrong with its head.
pub(super) fn rows(table: &Table) -> Result<Rows, Vec<BadLine>> {
    let columns = columns(table.head())?;
    let mut rows = Rows {
        said: Vec::new(),
        bad: Vec::new(),
    };
    let mut current: BTreeSet<(SerialNumber, EscrowKind)> = BTreeSet::new();
    for line in table.lines() {
        match row(line, &columns) {
            Ok(said) if said.legacy || current.insert((said.serial_number.clone(), said.kind)) => {
                rows.said.push((line.line(), said));
            }
            Ok(_) => rows.bad.push(BadLine::of(
                line,
                Some(Column::SerialNumber.name()),
                "has one value of a kind that is not legacy: an earlier line has it",
            )),
            Err(bad) => rows.bad.push(bad),
        }
    }
    Ok(rows)
}

fn columns(head: Cells<'_>) -> Result<Vec<Column>, Vec<BadLine>> {
    let mut columns = Vec::new();
    let mut bad = Vec::new();
    for place in 0..head.count() {
        let name = head.text(place).unwrap_or_default().trim().to_ascii_lowercase();
        let named = Column::ALL.into_iter().find(|column| column.name() == name);
        match named.filter(|column| !columns.contains(column)) {
            Some(column) => columns.push(column),
            None => bad.push(BadLine::of(head, Some(&(place + 1).to_string()), HEADING)),
        }
    }
    for needed in [Column::SerialNumber, Column::Kind, Column::Value] {
        if !columns.contains(&needed) {
            bad.push(BadLine::of(head, Some(needed.name()), "stands in the head"));
        }
    }
    if bad.is_empty() { Ok(columns) } else { Err(bad) }
}

fn row(line: Cells<'_>, columns: &[Column]) -> Result<Said, BadLine> {
    if line.count() != columns.len() {
        return Err(BadLine::of(
            line,
            None,
            "has as many cells as the head has columns",
        ));
    }
    let text = |column: Column| {
        let place = columns.iter().position(|known| *known == column);
        let text = place.map_or(Some(""), |place| line.text(place));
        text.ok_or_else(|| BadLine::of(line, Some(column.name()), "is UTF-8 text"))
    };
    let refuse = |column: Column, rule| BadLine::of(line, Some(column.name()), rule);
    let serial_number = text(Column::SerialNumber)?.trim().parse();
    let kind = EscrowKind::from_word(text(Column::Kind)?.trim()).filter(|kind| kind.is_entered());
    let legacy = match text(Column::Legacy)?.trim().to_ascii_lowercase().as_str() {
        "" | "false" | "no" | "0" => false,
        "true" | "yes" | "1" => true,
        _ => return Err(refuse(Column::Legacy, "is true or false")),
    };
    // Blanks around a password are a part of it.
    let value = Zeroizing::new(text(Column::Value)?.to_owned());
    Ok(Said {
        serial_number: serial_number.map_err(|_| refuse(Column::SerialNumber, SERIAL_NUMBER.says))?,
        kind: kind.ok_or_else(|| refuse(Column::Kind, ENTERED_KIND))?,
        value: match take_secret(&value) {
            Ok(secret) if is_enterable(&value) => secret,
            _ => return Err(refuse(Column::Value, VALUE)),
        },
        legacy,
    })
}
