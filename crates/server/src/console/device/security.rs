//! Security: what guards the Mac's start, its recovery keys and its bootstrap token; each with how and when it was seen.

use maud::{Markup, html};
use trust::fact::Fact as Observed;
use trust::security::{Row, rows};

use super::page::Shown;
use crate::console::components::{Fact, empty, facts, moment};

/// Everything that was seen of it.
pub(super) fn facts_of(shown: &Shown) -> Markup {
    let Some(observation) = &shown.observation else {
        return empty("Its agent has not told yet.");
    };
    let rows: Vec<Fact> = rows(observation).iter().map(fact).collect();
    facts(&rows)
}

fn fact(row: &Row) -> Fact {
    let how = html! {
        // What nobody looked for was not seen in any way.
        @if !row.told.by().is_empty() {
            span.reason { code { (row.told.by()) } ", " (moment(row.told.at())) }
        }
    };
    Fact::new(
        row.label,
        html! {
            @match &row.told {
                Observed::Known { value, .. } => { (value) }
                Observed::Unknown { why, .. } => { "unknown: " (why) }
            }
            (how)
        },
    )
}
