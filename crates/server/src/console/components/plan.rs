//! A plan's rows.

use maud::{Markup, html};
use trust::plan::{Plan, Row, RowState};

use super::badge::{Tone, badge};

/// Every precondition of a plan, with how it stood and what was seen.
pub(crate) fn plan_table(plan: &Plan) -> Markup {
    html! {
        div.scroll tabindex="0" {
            table {
                thead { tr { th scope="col" { "Precondition" } th scope="col" { "State" } th scope="col" { "Seen" } } }
                tbody { @for row in &plan.rows { (plan_row(row)) } }
            }
        }
    }
}

fn plan_row(row: &Row) -> Markup {
    html! {
        tr {
            td { (row.check.label()) }
            td {
                @match &row.state {
                    RowState::Met => { (badge(Tone::Good, "met")) }
                    RowState::Failed { code } => {
                        (badge(Tone::Bad, "failed")) " " a.mono href={ "/codes/" (code) } { (code) }
                    }
                    RowState::UnknownUntilTried { .. } => { (badge(Tone::Idle, "unknown until tried")) }
                    RowState::Warning => { (badge(Tone::Warn, "warning")) }
                }
            }
            td { (row.saw) }
        }
    }
}
