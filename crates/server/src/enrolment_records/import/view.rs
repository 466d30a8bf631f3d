//! What an import does, as the API tells it.

use serde::{Deserialize, Serialize};
use trust::enrolment::SerialNumber;
use utoipa::ToSchema;

use super::super::save::Prepared;
use crate::table_import::{BadLine, MOST_TOLD, Wanted};

/// What an import has done, or would do.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct ImportView {
    /// Whether nothing was saved, because that was asked for.
    pub dry_run: bool,
    /// With `dry_run`: whether the import would be refused, because lines cannot be taken. The counts are of the others.
    pub refused: bool,
    /// How many Macs become known.
    pub created: usize,
    /// How many records change.
    pub changed: usize,
    /// How many lines say nothing new.
    pub unchanged: usize,
    /// How many of these Macs have not enrolled yet. What is known of them waits.
    pub not_enrolled: usize,
    /// How many secrets are collected.
    pub secrets: usize,
    /// Attributes that no Mac had before, as columns are named: `room`, or `secret.pin`.
    pub new_attributes: Vec<String>,
    /// What becomes of each Mac, in the order of the table; the first 500.
    pub lines: Vec<ImportedLine>,
    /// How many lines cannot be taken.
    pub bad: usize,
    /// Lines that cannot be taken; the first 500.
    pub bad_lines: Vec<BadLine>,
}

/// What becomes of one Mac.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct ImportedLine {
    /// The line's number in the table.
    pub line: u64,
    /// The Mac.
    pub serial_number: SerialNumber,
    /// The device's name, when the Mac has enrolled.
    pub device_name: Option<String>,
    /// The person, as it will be known.
    pub person: Option<String>,
    /// What becomes of the record.
    pub what: Becomes,
    /// The names of what changes.
    pub changes: Vec<String>,
}

/// What becomes of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Becomes {
    /// It is made.
    Created,
    /// It is changed.
    Changed,
    /// It stays as it is.
    Unchanged,
}

impl Becomes {
    /// What becomes of this one.
    pub(super) fn of(prepared: &Prepared) -> Self {
        match (&prepared.before, prepared.changes.is_empty()) {
            (None, _) => Self::Created,
            (Some(_), false) => Self::Changed,
            (Some(_), true) => Self::Unchanged,
        }
    }
}

/// What is known of an import beside the lines that can be taken.
pub(super) struct Beside<'a> {
    /// The lines that cannot.
    pub bad: &'a [BadLine],
    /// Attributes that no Mac had before, as columns are named.
    pub new_attributes: Vec<String>,
    /// How the import is wanted.
    pub wanted: Wanted,
}

impl ImportView {
    /// What comes of these lines.
    pub(super) fn of(lines: &[u64], prepared: &[Prepared], beside: &Beside<'_>) -> Self {
        let count = |what| prepared.iter().filter(|one| Becomes::of(one) == what).count();
        let Beside {
            bad,
            new_attributes,
            wanted,
        } = beside;
        Self {
            dry_run: wanted.dry_run,
            refused: wanted.refuses(bad),
            new_attributes: new_attributes.clone(),
            created: count(Becomes::Created),
            changed: count(Becomes::Changed),
            unchanged: count(Becomes::Unchanged),
            not_enrolled: prepared.iter().filter(|one| one.device.is_none()).count(),
            secrets: prepared.iter().map(|one| one.new.secrets.len()).sum(),
            lines: lines.iter().zip(prepared).take(MOST_TOLD).map(line).collect(),
            bad: BadLine::count(bad),
            bad_lines: bad.iter().take(MOST_TOLD).cloned().collect(),
        }
    }
}

fn line((line, prepared): (&u64, &Prepared)) -> ImportedLine {
    ImportedLine {
        line: *line,
        serial_number: prepared.new.record.serial_number.clone(),
        device_name: prepared.device.as_ref().map(|device| device.name.clone()),
        person: prepared.new.record.person().map(str::to_owned),
        what: Becomes::of(prepared),
        changes: prepared.changes.clone(),
    }
}
