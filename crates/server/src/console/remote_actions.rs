//! `GET /remote-actions`: what can be asked of a device, by category.

use std::collections::BTreeSet;

use maud::{Markup, html};
use serde::Deserialize;
use trust::access::Permission;

use super::components::{Choice, no_match};
use super::order::kind::OrderKind;
use super::{Page, Place, Visitor, bulk};
use crate::input::QueryOf;

/// Which actions are wanted.
#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    category: String,
}

/// Shows the catalogue.
pub(crate) async fn show_remote_actions(visitor: Visitor, QueryOf(wanted): QueryOf<Wanted>) -> Markup {
    let page = Page {
        title: "Remote Actions",
        visitor: Some(&visitor),
        place: Place::RemoteActions,
        contents: contents(&wanted.category, &visitor),
    };
    page.render()
}

fn contents(category: &str, visitor: &Visitor) -> Markup {
    let categories: BTreeSet<&str> = OrderKind::ALL.iter().map(|kind| kind.category()).collect();
    let options = [("", "All categories")]
        .into_iter()
        .chain(categories.into_iter().map(|name| (name, name)))
        .collect();
    let wanted: Vec<OrderKind> = OrderKind::ALL
        .into_iter()
        .filter(|kind| category.is_empty() || kind.category() == category)
        .collect();
    html! {
        h1 { "Remote Actions" }
        p.lead { "What Bestow can do on a Mac. On a Mac's page the same stands in its Actions menu." }
        form.filters method="get" action="/remote-actions" {
            (Choice { name: "category", label: "Category", options, chosen: category }.render())
            p.buttons { button type="submit" { "Filter" } }
        }
        @if wanted.is_empty() { (no_match("No action stands in this category.", "/remote-actions")) }
        ul.tiles {
            @for kind in wanted {
                li.tile {
                    p.hint { (kind.category()) }
                    h2 { (kind.label()) }
                    p { (kind.description()) }
                    p.buttons {
                        @if visitor.may(Permission::Act) {
                            a.button-like href={ "/?for=" (kind.slug()) } { "Choose a Mac" span.spoken { " for " (kind.label()) } }
                        }
                        @if visitor.may(Permission::ActOnMany) {
                            a.button-like href={ (bulk::FORM) "?" (bulk::name::KIND) "=" (kind.slug()) } {
                                "Ask many Macs" span.spoken { " for " (kind.label()) }
                            }
                        }
                    }
                }
            }
        }
    }
}
