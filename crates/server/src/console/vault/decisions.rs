//! What was decided about a line, as a table.

use maud::{Markup, html};
use trust::words::actor;

use crate::console::components::{Table, empty, moment};
use crate::vault_lines::view::DecisionView;

/// Everything that was decided, the newest first.
pub(super) fn table(decisions: &[DecisionView]) -> Markup {
    if decisions.is_empty() {
        return empty("Nothing was decided about this line.");
    }
    let table = Table {
        label: "What was decided, newest first",
        columns: &["When", "What", "By", "Why"],
        short: false,
        rows: decisions.iter().rev().map(row).collect(),
    };
    table.render()
}

fn row(decision: &DecisionView) -> Vec<Markup> {
    vec![
        moment(decision.at),
        html! {
            (decision.label)
            @if let Some(version) = decision.version { " (up to version " (version) ")" }
        },
        html! { (actor(&decision.by)) },
        html! { (decision.reason.as_deref().unwrap_or_default()) },
    ]
}
