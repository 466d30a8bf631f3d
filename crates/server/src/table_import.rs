//! Imports of tables in CSV: how they are wanted, and what is told of lines that cannot be taken. What the columns mean is said
//! by whoever imports.

use std::borrow::Cow;
use std::collections::BTreeSet;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use trust::code::Code;
use utoipa::{IntoParams, ToSchema};

use crate::input::SecretCsv;
use crate::problem::Problem;
use crate::secret_table::{Cells, NotATable, Table};

/// How many lines of each kind an answer tells one by one.
pub(crate) const MOST_TOLD: usize = 500;

/// How an import is wanted.
#[derive(Debug, Clone, Copy, Default, Deserialize, Serialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct Wanted {
    /// Only tell what would come of it.
    pub dry_run: bool,
    /// Import the lines that can be taken although others cannot.
    pub skip_bad_lines: bool,
}

impl Wanted {
    /// Whether an import with these bad lines is refused: it is all or nothing unless asked otherwise.
    pub(crate) fn refuses(self, bad: &[BadLine]) -> bool {
        !bad.is_empty() && !self.skip_bad_lines
    }
}

/// A line that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct BadLine {
    /// Its number in the table, from 1.
    pub line: u64,
    /// The column, by its name, or by its number where the name is what is wrong; `null` when it is the whole line.
    pub column: Option<String>,
    /// The heading as it stands in the table, when that is what is wrong. Left out where the first line may be no head but
    /// hold a password.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<String>,
    /// The rule that it breaks, in words that read on from the column's name.
    pub rule: Cow<'static, str>,
}

impl BadLine {
    /// This line, for what stands in a column of it, or for the whole of it.
    pub(crate) fn of(line: Cells<'_>, column: Option<&str>, rule: &'static str) -> Self {
        Self {
            line: line.line(),
            column: column.map(str::to_owned),
            heading: None,
            rule: rule.into(),
        }
    }

    /// How many lines these are. One may break several rules.
    pub(crate) fn count(bad: &[Self]) -> usize {
        bad.iter().map(|bad| bad.line).collect::<BTreeSet<_>>().len()
    }
}

/// The table in a body, which is dropped.
pub(crate) fn read(body: SecretCsv) -> Result<Table, Problem> {
    let table = Table::read(body.bytes()).map_err(|error| no_table(&error));
    drop(body);
    table
}

/// What an import answers: its view, which is JSON already.
pub(crate) fn answer(view: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], view).into_response()
}

/// Lines cannot be taken, and nothing was imported.
pub(crate) fn refused(bad: Vec<BadLine>) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, Code::ImportRefused).with_bad_lines(bad)
}

/// The body is no table.
pub(crate) fn no_table(error: &NotATable) -> Problem {
    match error {
        NotATable::Empty => Problem::invalid("body", "has a first line that names its columns"),
        NotATable::TooManyLines => Problem::invalid("body", "has at most 10000 lines"),
        NotATable::TooManyColumns { line } => refused(vec![BadLine {
            line: *line,
            column: None,
            heading: None,
            rule: "has at most 120 cells".into(),
        }]),
    }
}
