//! `GET /needs-attention`: the Macs that need a person, each with why, since when, whose turn it is and what is cheapest.

use axum::extract::State;
use maud::{Markup, html};
use serde::Deserialize;
use store::device;
use trust::attention::{Owner, Turn};
use trust::code::Code;
use trust::finding::RemedyKind;
use trust::id::DeviceId;

use super::ADDRESS;
use super::counts::counts_of;
use super::row::cells;
use crate::app::SharedApp;
use crate::attention::counts::{AttentionCounts, counts};
use crate::attention::filter::{Filter, Narrowed};
use crate::console::components::{Table, no_match, query};
use crate::console::{Page, Place, Visitor};
use crate::devices::view::DeviceSummary;
use crate::input::QueryOf;
use crate::page;
use crate::problem::Problem;

/// How many Macs a page shows.
const LIMIT: u32 = 50;

/// Which Macs are wanted.
#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    q: String,
    cursor: Option<String>,
}

/// Shows the Macs that need attention, by name.
pub(crate) async fn show_needs_attention(
    State(app): State<SharedApp>,
    visitor: Visitor,
    QueryOf(wanted): QueryOf<Wanted>,
    QueryOf(narrowed): QueryOf<Narrowed>,
) -> Result<Markup, Problem> {
    let organization_id = visitor.caller.organization_id;
    let after: Option<(String, DeviceId)> = page::read_cursor(wanted.cursor.as_deref())?;
    let filter = Filter::read(&narrowed)?;
    let grace = crate::attention::grace(&app, organization_id).await?;
    let asked = device::Page {
        containing: wanted.q.clone(),
        needing: Some(filter.needing(grace, app.now())),
        after,
        limit: LIMIT + 1,
        ..device::Page::default()
    };
    let found = device::list(&app.store, organization_id, &asked).await?;
    let devices = page::Page::cut(
        found,
        LIMIT,
        |device| (device.name.to_lowercase(), device.id),
        |device| DeviceSummary::of(&device, &app, grace),
    );
    let list = List {
        q: wanted.q,
        filter,
        counts: counts(&app, organization_id, grace).await?,
        devices,
    };
    let page = Page {
        title: "Needs Attention",
        visitor: Some(&visitor),
        place: Place::NeedsAttention,
        contents: list.contents(),
    };
    Ok(page.render())
}

/// The list, and what it is narrowed down to.
struct List {
    q: String,
    filter: Filter,
    counts: AttentionCounts,
    devices: page::Page<DeviceSummary>,
}

impl List {
    fn contents(&self) -> Markup {
        html! {
            h1 { "Needs Attention" }
            p.hint { a href="/resilience" { "How well the fleet stands" } ": what would have to go wrong on each Mac, as a score." }
            form.filters method="get" action=(ADDRESS) role="search" {
                (self.hidden())
                div.field.wide {
                    label for="q" { "Search" }
                    input #q type="search" name="q" value=(self.q) placeholder="Name, person, serial number, hardware UUID or model";
                }
                div.field {
                    label for="owner" { "Owner" }
                    input #owner name="owner" value=(self.filter.owner.as_ref().map_or("", Owner::as_str)) maxlength="100" autocomplete="off";
                }
                p.buttons {
                    button type="submit" { "Search" }
                    @if !self.is_everything() { a.button-like href=(ADDRESS) { "Clear" } }
                }
            }
            div #needs-attention data-live {
                p.lead { (self.summary()) }
                (counts_of(&self.counts, &self.filter))
                @if self.devices.items.is_empty() { (self.nothing()) } @else { (self.table()) }
                @if let Some(cursor) = &self.devices.next_cursor {
                    p { a.button-like href={ (ADDRESS) (self.query(cursor)) } { "More Macs" } }
                }
            }
        }
    }

    fn is_everything(&self) -> bool {
        self.q.is_empty() && self.filter.is_empty()
    }

    fn summary(&self) -> String {
        match self.counts.devices {
            0 => "No Mac needs a person now.".to_owned(),
            1 => "1 Mac needs a person.".to_owned(),
            many => format!("{many} Macs need a person."),
        }
    }

    /// What was chosen among the counts goes along with a search.
    fn hidden(&self) -> Markup {
        let chosen = [
            ("reason", self.filter.reason.map(Code::word)),
            ("turn", self.filter.turn.map(Turn::word)),
            ("remedy", self.filter.remedy.map(RemedyKind::word)),
            ("muted", self.filter.muted.then_some("true")),
        ];
        html! {
            @for (name, value) in chosen {
                @if let Some(value) = value { input type="hidden" name=(name) value=(value); }
            }
        }
    }

    fn query(&self, cursor: &str) -> String {
        query(&[
            ("q", Some(self.q.as_str()).filter(|q| !q.is_empty())),
            ("reason", self.filter.reason.map(Code::word)),
            ("turn", self.filter.turn.map(Turn::word)),
            ("remedy", self.filter.remedy.map(RemedyKind::word)),
            ("owner", self.filter.owner.as_ref().map(Owner::as_str)),
            ("muted", self.filter.muted.then_some("true")),
            ("cursor", Some(cursor)),
        ])
    }

    fn table(&self) -> Markup {
        let table = Table {
            label: "Macs that need attention",
            columns: &["Mac", "Why", "Since", "Whose turn", "Cheapest remedy", "Owner"],
            short: false,
            rows: self
                .devices
                .items
                .iter()
                .map(|device| cells(device, self.filter.reason))
                .collect(),
        };
        table.render()
    }

    fn nothing(&self) -> Markup {
        html! {
            @if self.is_everything() {
                div.empty {
                    h2 { "Nothing waits for a person." }
                    p {
                        "A Mac stands here when something about its chain of trust or its service account does not mend itself. "
                        "New Macs are left in peace for " (self.counts.after_days.days()) " days; that is set under "
                        a href="/policies#needs-attention" { "Policies" } "."
                    }
                }
            } @else {
                (no_match("No Mac matches.", ADDRESS))
            }
        }
    }
}
