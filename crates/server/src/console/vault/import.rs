//! `GET` and `POST /vault/import`: Recovery Lock and firmware passwords of many Macs, out of a table.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};
use trust::code::Code;

use super::ADDRESS;
use crate::app::{App, SharedApp};
use crate::console::components::{TickBox, crumbs, prose, stamp};
use crate::console::enrolment::import::bad_lines;
use crate::console::own_form::{OwnUpload, fresh_key};
use crate::console::{Page, Place, Visitor};
use crate::problem::Problem;
use crate::secret_table::Table;
use crate::table_import::{BadLine, Wanted, no_table};
use crate::vault_lines::import::{VaultImportView, import};

const IMPORT: &str = "/vault/import";
const TABLE: &str = "table";
const SKIP_BAD_LINES: &str = "skip_bad_lines";
const CHECK: &str = "check";

/// What came of a file.
enum Seen {
    Nothing,
    NoTable(String),
    Refused(Vec<BadLine>),
    Told(VaultImportView),
}

/// Shows the form.
pub(crate) async fn show_import(State(app): State<SharedApp>, visitor: Visitor) -> Markup {
    page(&app, &visitor, &Seen::Nothing)
}

/// Looks at a table or imports it, and shows what comes of it.
pub(crate) async fn submit_import(
    State(app): State<SharedApp>,
    upload: OwnUpload,
) -> Result<Response, Problem> {
    let wanted = Wanted {
        dry_run: upload.upload.is_ticked(CHECK),
        skip_bad_lines: upload.upload.is_ticked(SKIP_BAD_LINES),
    };
    let told = match Table::read(upload.upload.contents(TABLE)) {
        Ok(table) => import(&app, &upload.visitor.caller, &upload.key()?, &table, wanted).await,
        Err(error) => Err(no_table(&error)),
    };
    let seen = match told {
        Ok(told) => Seen::Told(serde_json::from_str(&told).map_err(|error| Problem::internal(&error))?),
        Err(problem) if problem.code == Code::ImportRefused => Seen::Refused(problem.bad_lines().to_vec()),
        Err(problem) if problem.breaks_a_rule() => Seen::NoTable(problem.detail()),
        Err(problem) => return Err(problem),
    };
    let status = match &seen {
        Seen::NoTable(_) | Seen::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Seen::Nothing | Seen::Told(_) => StatusCode::OK,
    };
    Ok((status, page(&app, &upload.visitor, &seen)).into_response())
}

fn page(app: &App, visitor: &Visitor, seen: &Seen) -> Markup {
    let page = Page {
        title: "Import passwords into the vault",
        visitor: Some(visitor),
        place: Place::Manage,
        contents: html! {
            (crumbs(&[
                ("Manage", Some("/".to_owned())),
                ("Kept without a Mac", Some(ADDRESS.to_owned())),
            ]))
            h1 { "Import a table" }
            (outcome(seen))
            p.lead { "Recovery Lock and firmware passwords of many Macs at once, from a spreadsheet saved as CSV." }
            (form(app, visitor))
            p {
                "The first line names the columns: " code { "serial_number" } ", " code { "kind" } " (" code { "recovery_lock" } " or "
                code { "firmware_password" } "), " code { "value" } ", and " code { "legacy" } " (" code { "true" } " for a former one) where "
                "there are such. Commas, semicolons or tabs separate them. What is kept already is not kept twice."
            }
            pre.sample tabindex="0" role="region" aria-label="A table" { "serial_number,kind,value,legacy\nC02ABC123,firmware_password,…,\nC02ABC123,firmware_password,…,true" }
        },
    };
    page.render()
}

fn form(app: &App, visitor: &Visitor) -> Markup {
    html! {
        form.import method="post" action=(IMPORT) enctype="multipart/form-data" {
            (stamp(visitor, &fresh_key(app)))
            div.field {
                label for=(TABLE) { "Table in CSV" }
                p.hint #table-hint { "At most 10,000 lines and 8 MiB. The file is read and not kept." }
                input id=(TABLE) type="file" name=(TABLE) required accept=".csv,.tsv,.txt,text/csv,text/plain"
                    aria-describedby="table-hint";
            }
            (TickBox {
                name: SKIP_BAD_LINES,
                label: "Import the other lines when some cannot be taken",
                hint: "Otherwise it is all or nothing.",
                ticked: false,
                error: None,
            }.render())
            p.buttons {
                button.primary type="submit" { "Import" }
                button type="submit" name=(CHECK) value="true" { "Preview" }
                a.button-like href=(ADDRESS) { "Cancel" }
            }
        }
    }
}

fn outcome(seen: &Seen) -> Markup {
    html! {
        @match seen {
            Seen::Nothing => {}
            Seen::NoTable(why) => {
                div.notice.bad role="alert" { p { strong { "This cannot be imported. " } (prose(why)) } }
            }
            Seen::Refused(bad) => {
                div.notice.bad role="alert" { p { strong { "Nothing was imported. " } "Mend the table and choose it again." } }
                (bad_lines(bad))
            }
            Seen::Told(view) => {
                div.notice.good[!view.dry_run] role="status" {
                    p {
                        strong { @if view.dry_run { "Nothing has been imported yet. " } @else { "Imported. " } }
                        "New: " (view.entered) ", kept already: " (view.unchanged) ", lines that cannot be taken: " (view.bad) "."
                        @if !view.dry_run { " Delete the file: it has passwords in it." }
                    }
                }
                @if !view.bad_lines.is_empty() { (bad_lines(&view.bad_lines)) }
            }
        }
    }
}
