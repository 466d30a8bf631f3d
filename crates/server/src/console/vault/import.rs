//! `GET` and `POST /vault/import`: Recovery Lock and firmware passwords of many Macs, out of a table.

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};

use super::ADDRESS;
use crate::app::{App, SharedApp};
use crate::console::components::{Table, crumbs, section};
use crate::console::own_form::OwnUpload;
use crate::console::table_upload::{Seen, TableForm, bad_lines, count, no_table, read, refused, wanted};
use crate::console::{Page, Place, Visitor};
use crate::problem::Problem;
use crate::vault_lines::import::{VaultImportView, import};

/// Where the form stands.
pub(super) const IMPORT: &str = "/vault/import";

/// Shows the form.
pub(crate) async fn show_import(State(app): State<SharedApp>, visitor: Visitor) -> Markup {
    page(&app, &visitor, &Seen::Nothing, false)
}

/// Looks at a table or imports it, and shows what comes of it.
pub(crate) async fn submit_import(
    State(app): State<SharedApp>,
    upload: OwnUpload,
) -> Result<Response, Problem> {
    let wanted = wanted(&upload);
    let seen = match read(&upload) {
        Ok(table) => {
            let told = import(&app, &upload.visitor.caller, &upload.key()?, &table, wanted).await;
            Seen::of(told, wanted)?
        }
        Err(no_table) => no_table,
    };
    let page = page(&app, &upload.visitor, &seen, wanted.skip_bad_lines);
    Ok((seen.status(), page).into_response())
}

fn page(app: &App, visitor: &Visitor, seen: &Seen<VaultImportView>, skip_bad_lines: bool) -> Markup {
    let form = TableForm {
        action: IMPORT,
        back: ADDRESS,
        is_no_table: matches!(seen, Seen::NoTable(_)),
        skip_bad_lines,
    };
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
            @if let Seen::Done(view) = seen {
                (done(view))
            } @else {
                p.lead { "Recovery Lock and firmware passwords of many Macs at once, from a spreadsheet saved as CSV." }
                (form.render(app, visitor))
                div #preview aria-live="polite" { (outcome(seen)) }
                (section("columns", "The table", columns()))
            }
        },
    };
    page.render()
}

/// What would come of a file.
fn outcome(seen: &Seen<VaultImportView>) -> Markup {
    html! {
        @match seen {
            Seen::Nothing | Seen::Done(_) => {}
            Seen::NoTable(why) => { (no_table(why)) }
            Seen::Refused(bad) => { (refused(bad)) }
            Seen::Preview(view) => {
                h2 { "What will change" }
                p { strong { (summary(view)) } " Nothing has been imported yet." }
                @if view.bad > 0 {
                    div.notice.warn {
                        p {
                            strong { (count(view.bad, "line", "lines")) " cannot be taken. " }
                            @if view.refused { "Mend the table, or let the other lines be imported alone." }
                            @else { "The other lines are imported alone." }
                        }
                    }
                    (bad_lines(&view.bad_lines))
                }
            }
        }
    }
}

/// After an import.
fn done(view: &VaultImportView) -> Markup {
    html! {
        div.notice.good role="status" { p { strong { "Imported. " } (summary(view)) } }
        @if view.bad > 0 {
            div.notice.warn {
                p {
                    strong { (count(view.bad, "line", "lines")) " could not be taken. " }
                    "What stands there is kept nowhere but in the file."
                }
            }
            (bad_lines(&view.bad_lines))
        }
        p.buttons {
            a.button-like.primary href=(ADDRESS) { "To what is kept without a Mac" }
            a.button-like href=(IMPORT) { "Import another table" }
        }
        p.hint {
            "Passwords of Macs that have enrolled stand on the pages of those."
            @if view.bad == 0 { " The file has passwords in it. Delete it: each is kept now." }
        }
    }
}

/// How much it is, in a sentence.
fn summary(view: &VaultImportView) -> String {
    let new = count(view.entered, "password is new", "passwords are new");
    match view.unchanged {
        0 => format!("{new}."),
        kept => format!("{new}, {kept} kept already."),
    }
}

/// What a table holds.
fn columns() -> Markup {
    let row = |name: &str, holds: Markup| vec![html! { code { (name) } }, holds];
    let table = Table {
        label: "Columns",
        columns: &["Column", "Holds"],
        short: false,
        rows: vec![
            row("serial_number", html! { "The Mac, enrolled or not." }),
            row(
                "kind",
                html! { code { "recovery_lock" } " or " code { "firmware_password" } "." },
            ),
            row(
                "value",
                html! { "The password. Blanks around it are a part of it." },
            ),
            row(
                "legacy",
                html! { code { "true" } " for one that the Mac had before, or may still have. It can be left out." },
            ),
        ],
    };
    html! {
        p {
            "The first line names the columns, in any order. Commas, semicolons or tabs separate them. What is kept already is not "
            "kept twice."
        }
        pre.sample tabindex="0" role="region" aria-label="A table" { "serial_number,kind,value,legacy\nC02ABC123,firmware_password,…,\nC02ABC123,firmware_password,…,true" }
        (table.render())
    }
}
