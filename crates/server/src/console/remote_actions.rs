//! `GET /remote-actions`: what can be asked of a device, by category.

use std::collections::BTreeSet;

use axum::extract::State;
use maud::{Markup, html};
use serde::Deserialize;

use super::order::kind::OrderKind;
use super::{Page, Place, Refusal, Visitor};
use crate::app::SharedApp;
use crate::input::QueryOf;
use crate::problem::Problem;

/// Which actions are wanted.
#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    category: String,
}

/// Shows the catalogue.
pub(crate) async fn show_remote_actions(
    State(_): State<SharedApp>,
    visitor: Visitor,
    wanted: Result<QueryOf<Wanted>, Problem>,
) -> Result<Markup, Refusal> {
    let QueryOf(wanted) = wanted?;
    let page = Page {
        title: "Remote Actions",
        reader: Some(&visitor.name()),
        place: Place::RemoteActions,
        contents: contents(&wanted.category),
    };
    Ok(page.render())
}

fn contents(category: &str) -> Markup {
    let categories: BTreeSet<&str> = OrderKind::ALL.iter().map(|kind| kind.category()).collect();
    let wanted: Vec<OrderKind> = OrderKind::ALL
        .into_iter()
        .filter(|kind| category.is_empty() || kind.category() == category)
        .collect();
    html! {
        h1 { "Remote Actions" }
        p.lead { "What Bestow can do on a Mac. On a Mac's page the same stands in its Actions menu." }
        form.filters method="get" action="/remote-actions" {
            div.field {
                label for="category" { "Category" }
                select #category name="category" {
                    option value="" { "All categories" }
                    @for name in categories { option value=(name) selected[name == category] { (name) } }
                }
            }
            p.buttons { button type="submit" { "Filter" } }
        }
        @if wanted.is_empty() { p.empty { "No action stands in this category. " a href="/remote-actions" { "Show all" } } }
        ul.tiles {
            @for kind in wanted {
                li.tile {
                    p.hint { (kind.category()) }
                    h2 { (kind.label()) }
                    p { (kind.description()) }
                    p { a.button-like href={ "/?for=" (kind.slug()) } { "Choose a Mac" span.hidden-label { " for " (kind.label()) } } }
                }
            }
        }
    }
}
