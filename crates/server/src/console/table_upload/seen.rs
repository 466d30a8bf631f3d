//! What came of a file.

use axum::http::StatusCode;
use serde::de::DeserializeOwned;
use trust::code::Code;

use super::form::TABLE;
use crate::console::own_form::OwnUpload;
use crate::problem::Problem;
use crate::secret_table::{MOST_COLUMNS, MOST_LINES, NotATable, Table};
use crate::table_import::{BadLine, Wanted};

/// What came of a file, where an import tells a `V` of one that it can read.
pub(in crate::console) enum Seen<V> {
    /// No file was sent yet.
    Nothing,
    /// It is no table, for this reason.
    NoTable(String),
    /// Its head or its lines cannot be taken, and nothing was imported.
    Refused(Vec<BadLine>),
    /// What would come of it.
    Preview(V),
    /// It was imported.
    Done(V),
}

/// The table that was sent, or that it is none.
pub(in crate::console) fn read<V>(upload: &OwnUpload) -> Result<Table, Seen<V>> {
    Table::read(upload.upload.contents(TABLE)).map_err(|error| match error {
        NotATable::Empty => {
            let why = "Choose a file whose first line names its columns: this one is empty.";
            Seen::NoTable(why.to_owned())
        }
        NotATable::TooManyLines => Seen::NoTable(format!(
            "It has more than {MOST_LINES} lines. Import it in parts."
        )),
        NotATable::TooManyColumns { line } => Seen::Refused(vec![BadLine {
            line,
            column: None,
            heading: None,
            rule: format!("has at most {MOST_COLUMNS} cells").into(),
        }]),
    })
}

impl<V: DeserializeOwned> Seen<V> {
    /// What an import told of a table, or why it did not take it.
    pub(in crate::console) fn of(told: Result<String, Problem>, wanted: Wanted) -> Result<Self, Problem> {
        match told {
            Ok(told) => {
                let view = serde_json::from_str(&told).map_err(|error| Problem::internal(&error))?;
                Ok(match wanted.dry_run {
                    true => Self::Preview(view),
                    false => Self::Done(view),
                })
            }
            Err(problem) if problem.code == Code::ImportRefused => {
                Ok(Self::Refused(problem.bad_lines().to_vec()))
            }
            Err(problem) if problem.breaks_a_rule() => Ok(Self::NoTable(problem.detail())),
            Err(problem) => Err(problem),
        }
    }
}

impl<V> Seen<V> {
    /// The status of the page that tells it.
    pub(in crate::console) fn status(&self) -> StatusCode {
        match self {
            Self::NoTable(_) | Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Nothing | Self::Preview(_) | Self::Done(_) => StatusCode::OK,
        }
    }
}
