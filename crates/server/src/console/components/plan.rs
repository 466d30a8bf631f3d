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

/// What is met is marked quietly, and so is what nobody can know yet; what is in the way stands out.
fn plan_row(row: &Row) -> Markup {
    let tone = match &row.state {
        RowState::Met => Tone::Good,
        RowState::Failed { .. } => Tone::Bad,
        RowState::UnknownUntilTried { .. } => Tone::Idle,
        RowState::Warning => Tone::Warn,
    };
    html! {
        li class=(tone.class()) {
            span.check { (row.check.label()) }
            @match &row.state {
                RowState::Met => { span.spoken { ": met" } }
                RowState::Failed { .. } => { " " (badge(tone, "failed")) }
                RowState::UnknownUntilTried { .. } => {}
                RowState::Warning => { " " (badge(tone, "warning")) }
            }
            p.reason {
                @if tone == Tone::Idle { "unknown until tried · " }
                (row.saw)
                @if let Some(code) = row.failure() { " " a.mono href={ "/codes/" (code) } { (code) } }
            }
        }
    }
}
