//! A plan's rows.

use maud::{Markup, html};
use trust::plan::{Plan, Row, RowState};

use super::badge::{Tone, badge};

/// Every precondition of a plan, with how it stood and what was seen.
pub(crate) fn plan_list(plan: &Plan) -> Markup {
    html! {
        ol.rows { @for row in &plan.rows { (plan_row(row)) } }
    }
}

fn plan_row(row: &Row) -> Markup {
    let (tone, word) = match &row.state {
        RowState::Met => (Tone::Good, "met"),
        RowState::Failed { .. } => (Tone::Bad, "failed"),
        RowState::UnknownUntilTried { .. } => (Tone::Idle, "unknown until tried"),
        RowState::Warning => (Tone::Warn, "warning"),
    };
    html! {
        li class=(tone.class()) {
            span.check { (row.check.label()) }
            (badge(tone, word))
            p.reason {
                (row.saw)
                @if let Some(code) = row.failure() { " " a.mono href={ "/codes/" (code) } { (code) } }
            }
        }
    }
}
