//! `GET /bulk`: bulk runs, newest first.

use axum::extract::State;
use maud::{Markup, html};
use serde::Deserialize;
use trust::access::Permission;
use trust::words::actor;

use super::run::state_badge;
use super::{ADDRESS, FORM};
use crate::app::SharedApp;
use crate::bulk_actions::list::page_of;
use crate::bulk_actions::view::BulkRunView;
use crate::console::bulk::run::bar;
use crate::console::components::{Table, moment, query};
use crate::console::{Page, Place, Visitor};
use crate::input::QueryOf;
use crate::problem::Problem;

/// How many runs a page shows.
const LIMIT: u32 = 25;

/// Which runs are wanted.
#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    cursor: Option<String>,
}

/// Shows the runs.
pub(crate) async fn show_runs(
    State(app): State<SharedApp>,
    visitor: Visitor,
    QueryOf(wanted): QueryOf<Wanted>,
) -> Result<Markup, Problem> {
    let runs = page_of(&app, &visitor.caller, wanted.cursor.as_deref(), LIMIT).await?;
    let is_empty = runs.items.is_empty() && wanted.cursor.is_none();
    let contents = html! {
        div.title {
            h1 { "Bulk Runs" }
            @if !is_empty && visitor.may(Permission::ActOnMany) { a.button-like.accent href=(FORM) { "Ask many Macs" } }
        }
        p.lead { "One action asked of many Macs: a few go first, and it stops by itself when too many fail." }
        div #runs data-live {
            @if is_empty { (no_runs(&visitor)) } @else { (table(&runs.items)) }
            @if let Some(cursor) = &runs.next_cursor {
                p { a.button-like href={ (ADDRESS) (query(&[("cursor", Some(cursor))])) } { "Earlier" } }
            }
        }
    };
    let page = Page {
        title: "Bulk Runs",
        visitor: Some(&visitor),
        place: Place::BulkRuns,
        contents,
    };
    Ok(page.render())
}

fn table(runs: &[BulkRunView]) -> Markup {
    let table = Table {
        label: "Bulk runs",
        columns: &["Asked", "State", "Progress", "When", "By"],
        short: false,
        rows: runs.iter().map(cells).collect(),
    };
    table.render()
}

fn cells(run: &BulkRunView) -> Vec<Markup> {
    vec![
        html! { a href={ (ADDRESS) "/" (run.id) } { (run.action.in_words()) } },
        state_badge(run.state),
        html! { div.wide-cell { (bar(&run.progress)) } },
        moment(run.created_at),
        html! { (actor(&run.created_by)) },
    ]
}

fn no_runs(visitor: &Visitor) -> Markup {
    html! {
        div.empty {
            h2 { "Nothing has been asked of many Macs yet." }
            @if visitor.may(Permission::ActOnMany) {
                p { "Choose Macs under " a href="/" { "Manage" } ", or say which ones match:" }
                p.buttons { a.button-like.accent href=(FORM) { "Ask many Macs" } }
            }
        }
    }
}
