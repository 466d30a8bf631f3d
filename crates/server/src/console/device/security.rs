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
    let rows = rows(observation);
    let told: Vec<Fact> = rows.iter().map(fact).collect();
    html! {
        (facts(&told))
        details.sources {
            summary { "How and when each was seen" }
            ul.plain { @for row in &rows { (source(row)) } }
        }
    }
}

fn fact(row: &Row) -> Fact {
    Fact::new(
        row.label,
        html! {
            @match &row.told {
                Observed::Known { value, .. } => { (value) }
                Observed::Unknown { why, .. } => { span.quiet { "unknown: " (why) } }
            }
        },
    )
}

/// What nobody looked for was not seen in any way.
fn source(row: &Row) -> Markup {
    html! {
        @if !row.told.by().is_empty() {
            li { (row.label) ": " code { (row.told.by()) } ", " (moment(row.told.at())) }
        }
    }
}
