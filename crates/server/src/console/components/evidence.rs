//! What an agent saw on the way.

use maud::{Markup, html};
use trust::outcome::Evidence;

use super::{Table, empty, moment};

/// What was seen, in order, with how and when.
pub(crate) fn evidence_table(evidence: &[Evidence]) -> Markup {
    if evidence.is_empty() {
        return empty("The agent told nothing more.");
    }
    let row = |seen: &Evidence| {
        vec![
            html! { span.mono { (seen.by) } },
            html! { (seen.saw) },
            moment(seen.at),
        ]
    };
    let table = Table {
        label: "Evidence",
        columns: &["Asked of the Mac", "Seen", "When"],
        short: false,
        rows: evidence.iter().map(row).collect(),
    };
    table.render()
}
