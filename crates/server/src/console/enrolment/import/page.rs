//! The page: the form with the file on one side, what would come of it on the other.

use maud::{Markup, html};

use super::super::LIST;
use super::outcome;
use crate::app::App;
use crate::console::components::{Table, crumbs, section};
use crate::console::table_upload::{Seen, TableForm};
use crate::console::{Page, Place, Visitor};
use crate::enrolment_records::import::ImportView;

/// The page of an import.
pub(super) struct ImportPage {
    pub seen: Seen<ImportView>,
    pub skip_bad_lines: bool,
}

impl ImportPage {
    /// The page.
    pub(super) fn render(&self, app: &App, visitor: &Visitor) -> Markup {
        let page = Page {
            title: "Import enrolment data",
            visitor: Some(visitor),
            place: Place::EnrolmentData,
            contents: self.contents(app, visitor),
        };
        page.render()
    }

    fn contents(&self, app: &App, visitor: &Visitor) -> Markup {
        html! {
            (crumbs(&[("Enrolment Data", Some(LIST.to_owned()))]))
            h1 { "Import a table" }
            @if let Seen::Done(view) = &self.seen {
                (outcome::done(view))
            } @else {
                p.lead { "People, accounts and passwords for many Macs at once, from a spreadsheet saved as CSV." }
                (self.form(app, visitor))
                div #preview aria-live="polite" { (outcome::of(&self.seen)) }
                (section("columns", "The table", columns()))
            }
        }
    }

    fn form(&self, app: &App, visitor: &Visitor) -> Markup {
        let form = TableForm {
            action: "/enrolment-data/import",
            back: LIST,
            is_no_table: matches!(self.seen, Seen::NoTable(_)),
            skip_bad_lines: self.skip_bad_lines,
        };
        form.render(app, visitor)
    }
}

/// What a table holds.
fn columns() -> Markup {
    let row = |name: &str, holds: &str| vec![html! { code { (name) } }, html! { (holds) }];
    let table = Table {
        label: "Columns",
        columns: &["Column", "Holds"],
        short: false,
        rows: vec![
            row("serial_number", "The Mac, enrolled or not. It is needed."),
            row("username, full_name, email", "The person."),
            row(
                "account",
                "The person's local account, when its name on the Mac is not the user name.",
            ),
            row(
                "password",
                "The person's password on this Mac. It is sealed to the Mac at once.",
            ),
            row(
                "secret. and a name",
                "A secret of your own, such as secret.admin_password.",
            ),
            row("any other name", "An attribute of your own, such as department."),
        ],
    };
    html! {
        p {
            "The first line names the columns, in any order. Commas, semicolons or tabs separate them. An empty cell leaves "
            "what is known as it is."
        }
        pre.sample tabindex="0" role="region" aria-label="A table" { "serial_number,username,full_name,email,password\nC02ABC123,ben,Ben O'Neill,ben@example.com,…" }
        (table.render())
        p.hint { "Delete the file after the import when it has passwords in it." }
    }
}
