//! `GET /vault`: lines of serial numbers that no Mac has that is looked after.

use axum::extract::State;
use maud::{Markup, html};
use serde::Deserialize;

use super::enter::ENTER;
use super::import::IMPORT;
use super::{ADDRESS, address};
use crate::app::SharedApp;
use crate::console::components::{Table, Tone, badge, empty, optional_moment, query};
use crate::console::{Page, Place, Visitor};
use crate::input::QueryOf;
use crate::problem::Problem;
use crate::vault_lines::list::{Wanted, list};
use crate::vault_lines::view::VaultLineView;

/// How many lines a page shows.
const LIMIT: u32 = 50;

/// Which part of the list is wanted.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    cursor: Option<String>,
    /// Whether the visitor has just forgotten a Mac.
    #[serde(default)]
    forgotten: bool,
}

/// Shows the lines that have no device.
pub(crate) async fn show_lines(
    State(app): State<SharedApp>,
    visitor: Visitor,
    QueryOf(asked): QueryOf<Asked>,
) -> Result<Markup, Problem> {
    let wanted = Wanted {
        without_device: true,
        cursor: asked.cursor,
        limit: Some(LIMIT),
    };
    let lines = list(&app, &visitor.caller, &wanted).await?;
    let page = Page {
        title: "Kept without a Mac",
        visitor: Some(&visitor),
        place: Place::Manage,
        contents: html! {
            h1 { "Kept without a Mac" }
            @if asked.forgotten { div.notice.good role="status" { p { "The Mac is forgotten." } } }
            p.lead {
                "What the vault has of Macs that nobody looks after: they were forgotten, have another serial number now, or have not "
                "enrolled. A Mac that enrols with the same serial number finds its line."
            }
            p.buttons {
                a.button-like href=(ENTER) { "Enter a Recovery Lock or firmware password" }
                a.button-like href=(IMPORT) { "Import a table" }
            }
            @if lines.items.is_empty() { (empty("Everything that is kept is of a Mac that is there.")) }
            @else { (table(&lines.items)) }
            @if let Some(cursor) = &lines.next_cursor {
                p { a.button-like href={ (ADDRESS) (query(&[("cursor", Some(cursor))])) } { "More" } }
            }
        },
    };
    Ok(page.render())
}

fn table(lines: &[VaultLineView]) -> Markup {
    let table = Table {
        label: "Lines without a Mac, by serial number",
        columns: &[
            "Serial number",
            "Was called",
            "Kept",
            "Versions",
            "Forgotten",
            "Kept until",
        ],
        short: true,
        rows: lines.iter().map(row).collect(),
    };
    table.render()
}

fn row(line: &VaultLineView) -> Vec<Markup> {
    vec![
        html! { a.mono href=(address(&line.serial_number, line.kind)) { (line.serial_number) } },
        html! { (line.device_name.as_deref().unwrap_or("not known")) },
        html! { (line.kind.label()) },
        html! {
            (line.versions_kept)
            @if line.versions_destroyed > 0 { " (" (line.versions_destroyed) " destroyed)" }
        },
        optional_moment(line.forgotten_at),
        until(line),
    ]
}

/// Until when a line is kept.
pub(super) fn until(line: &VaultLineView) -> Markup {
    match (line.kept_until, line.held_since, line.versions_kept) {
        (Some(at), _, _) => optional_moment(Some(at)),
        (None, _, 0) if line.versions_destroyed == 0 => html! { "nothing was kept" },
        (None, _, 0) => html! { "nothing is left" },
        (None, Some(_), _) => badge(Tone::Warn, "legal hold"),
        (None, None, _) => html! { "for good" },
    }
}
