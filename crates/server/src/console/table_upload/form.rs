//! The form.

use maud::{Markup, html};

use crate::app::App;
use crate::console::Visitor;
use crate::console::components::{TickBox, stamp};
use crate::console::own_form::{OwnUpload, fresh_key};
use crate::table_import::Wanted;

/// The field with the file.
pub(super) const TABLE: &str = "table";

/// The box that lets lines be passed over.
const SKIP_BAD_LINES: &str = "skip_bad_lines";

/// The name of the button that changes nothing.
const CHECK: &str = "check";

/// What is wanted of the table that was sent.
pub(in crate::console) fn wanted(upload: &OwnUpload) -> Wanted {
    Wanted {
        dry_run: upload.upload.is_ticked(CHECK),
        skip_bad_lines: upload.upload.is_ticked(SKIP_BAD_LINES),
    }
}

/// The form of an import. A script sends it to look at a file as soon as it is chosen, and shows the part of the answer whose id is
/// `preview`.
pub(in crate::console) struct TableForm<'a> {
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
    pub(in crate::console) fn render(&self, app: &App, visitor: &Visitor) -> Markup {
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
