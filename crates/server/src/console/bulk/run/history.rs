//! What happened to a run: who asked for it, stopped it and continued it, when and why.

use maud::{Markup, html};
use store::audit::{Entry, Verb};
use trust::code::Code;
use trust::words::{actor, plain};

use crate::console::components::{moment, sentence};

/// The events, in the order in which they come.
pub(super) fn list(events: &[Entry]) -> Markup {
    html! {
        ol.timeline {
            @for event in events {
                li {
                    (moment(event.at))
                    span {
                        (words(event))
                        @if let Some(reason) = &event.reason { " “" (reason) "”" }
                        span.reason { "by " (actor(&event.actor)) }
                    }
                }
            }
        }
    }
}

fn words(event: &Entry) -> Markup {
    let has_stopped = event.verb == Verb::BulkRunStopped.word();
    let code = event
        .detail
        .as_deref()
        .filter(|_| has_stopped)
        .and_then(Code::from_word);
    // That somebody stopped it says nothing that its actor does not say.
    let why = code.filter(|code| *code != Code::BulkStopped);
    let verb = match event.verb.as_str() {
        verb if verb == Verb::BulkRunAccepted.word() => "Asked".to_owned(),
        verb if verb == Verb::BulkRunReady.word() => "Every Mac is planned".to_owned(),
        verb => sentence(&plain(verb.trim_start_matches("bulk_run."))),
    };
    html! {
        (verb)
        @if let Some(code) = why { ": " a href={ "/codes/" (code) } { (code.entry().title) } }
    }
}
