//! Timeline: what happened to the device, newest first.

use maud::{Markup, html};
use trust::words::{actor, plain};

use crate::console::components::{moment, sentence};
use crate::devices::timeline::TimelineEvent;

/// The events, in the order in which they come.
pub(super) fn list(events: &[TimelineEvent]) -> Markup {
    html! {
        ol.timeline {
            @for event in events {
                li {
                    (moment(event.at))
                    span {
                        (what(event))
                        @if let Some(reason) = &event.reason { " “" (reason) "”" }
                        span.reason { "by " (actor(&event.actor)) }
                    }
                }
            }
        }
    }
}

/// What happened; it leads to its action where it has one.
fn what(event: &TimelineEvent) -> Markup {
    let words = words(event);
    html! {
        @match &event.action_id {
            Some(id) => { a href={ "/actions/" (id) } { (words) } }
            None => { (words) }
        }
    }
}

fn words(event: &TimelineEvent) -> Markup {
    html! {
        @if let Some(deed) = event.deed {
            (deed.label())
            @if let Some(code) = event.code { ": " (code.entry().title) }
        } @else if let Some(kind) = event.secret {
            (kind.label()) ": " (plain(event.verb.trim_start_matches("escrow.")))
        } @else if let Some(account) = &event.account {
            "Token of " strong { (account) } ": "
            (event.detail.as_deref().unwrap_or_default().replace("->", "→"))
        } @else if let Some(edge) = &event.edge {
            strong { (edge.granter) } " handed a Secure Token on to " strong { (edge.target) }
        } @else {
            (sentence(&plain(&event.verb)))
            @if let Some(code) = event.code { ": " (code.entry().title) }
        }
    }
}
