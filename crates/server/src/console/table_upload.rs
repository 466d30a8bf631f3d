//! A table that somebody uploads: its form, with a button that only looks, and the lines that cannot be taken.

use maud::{Markup, html};

use super::Visitor;
use super::components::{Table, TickBox, prose, stamp};
use super::own_form::{OwnUpload, fresh_key};
use crate::app::App;
use crate::secret_table::{MOST_COLUMNS, MOST_LINES, NotATable};
use crate::table_import::{BadLine, MOST_TOLD, Wanted};

/// The field with the file.
pub(super) const TABLE: &str = "table";

/// The box that lets lines be passed over.
const SKIP_BAD_LINES: &str = "skip_bad_lines";

/// The name of the button that changes nothing.
const CHECK: &str = "check";

/// What is wanted of the table that was sent.
pub(super) fn wanted(upload: &OwnUpload) -> Wanted {
    Wanted {
        dry_run: upload.upload.is_ticked(CHECK),
        skip_bad_lines: upload.upload.is_ticked(SKIP_BAD_LINES),
    }
}

/// The form of an import. A script sends it to look at a file as soon as it is chosen, and shows the part of the answer whose id is
/// `preview`.
pub(super) struct TableForm<'a> {
    /// Where it is sent.
    pub action: &'a str,
    /// Where somebody goes who wants no import.
    pub back: &'a str,
    /// Whether the file that was sent last is no table; what [`no_table`] tells stands on the page then.
    pub is_no_table: bool,
    /// Whether lines are passed over.
    pub skip_bad_lines: bool,
}

impl TableForm<'_> {
    /// The form.
    pub(super) fn render(&self, app: &App, visitor: &Visitor) -> Markup {
        html! {
            form.import novalidate method="post" action=(self.action) enctype="multipart/form-data" data-import {
                (stamp(visitor, &fresh_key(app)))
                div.field {
                    label for=(TABLE) { "Table in CSV" }
                    p.hint #table-hint { "At most 10,000 lines and 8 MiB. The file is read and not kept." }
                    input id=(TABLE) type="file" name=(TABLE) required accept=".csv,.tsv,.txt,text/csv,text/plain"
                        aria-describedby=(if self.is_no_table { "table-hint table-error" } else { "table-hint" })
                        aria-invalid=[self.is_no_table.then_some("true")];
                }
                (TickBox {
                    name: SKIP_BAD_LINES,
                    label: "Import the other lines when some cannot be taken",
                    hint: "Otherwise it is all or nothing.",
                    ticked: self.skip_bad_lines,
                    error: None,
                }.render())
                p.buttons {
                    button.primary type="submit" { "Import" }
                    button type="submit" name=(CHECK) value="true" formnovalidate data-check { "Preview" }
                    a.button-like href=(self.back) { "Cancel" }
                }
                p.hint.no-script {
                    "Preview changes nothing. The file is not kept on the way: choose it again to import it."
                }
            }
        }
    }
}

/// Why a file is no table: in a sentence, or as a line that cannot be taken.
pub(super) fn why_no_table(error: &NotATable) -> Result<String, BadLine> {
    match error {
        NotATable::Empty => {
            Ok("Choose a file whose first line names its columns: this one is empty.".to_owned())
        }
        NotATable::TooManyLines => Ok(format!(
            "It has more than {MOST_LINES} lines. Import it in parts."
        )),
        NotATable::TooManyColumns { line } => Err(BadLine {
            line: *line,
            column: None,
            heading: None,
            rule: format!("has at most {MOST_COLUMNS} cells").into(),
        }),
    }
}

/// That a file is no table.
pub(super) fn no_table(why: &str) -> Markup {
    html! {
        div.notice.bad #table-error role="alert" { p { strong { "This cannot be imported. " } (prose(why)) } }
    }
}

/// That nothing was imported, and which lines cannot be taken.
pub(super) fn refused(bad: &[BadLine]) -> Markup {
    html! {
        div.notice.bad role="alert" {
            p { strong { "Nothing was imported. " } "Mend the table and choose it again." }
        }
        (bad_lines(bad))
    }
}

/// The lines of a table that cannot be taken.
pub(super) fn bad_lines(bad: &[BadLine]) -> Markup {
    let row = |bad: &BadLine| {
        vec![
            html! { "Line " (bad.line) },
            html! {
                @match &bad.column { Some(column) => { code { (column) } } None => { "the whole line" } }
                @if let Some(heading) = &bad.heading { " “" (heading) "”" }
            },
            prose(&format!("It {}.", bad.rule)),
        ]
    };
    let table = Table {
        label: "Lines that cannot be taken",
        columns: &["Where", "Column", "Rule"],
        short: false,
        rows: bad.iter().map(row).collect(),
    };
    html! {
        h2 { "Lines that cannot be taken" }
        (table.render())
        @if bad.len() >= MOST_TOLD { p.hint { "There may be more than these " (bad.len()) "." } }
    }
}

/// A number with its word.
pub(super) fn count(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
