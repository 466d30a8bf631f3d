//! A table of actions.

use maud::{Markup, html};

use super::badge::state_badge;
use super::moment::moment;
use crate::actions::view::ActionView;

/// Actions, in the order in which they come.
pub(crate) fn action_table(actions: &[ActionView], when_empty: &str) -> Markup {
    html! {
        @if actions.is_empty() {
            p.empty { (when_empty) }
        } @else {
            div.scroll tabindex="0" role="region" aria-label="Actions" {
                table.cards {
                    thead {
                        tr {
                            th scope="col" { "Action" }
                            th scope="col" { "State" }
                            th scope="col" { "Outcome" }
                            th scope="col" { "Asked" }
                            th scope="col" { "By" }
                        }
                    }
                    tbody { @for action in actions { (action_row(action)) } }
                }
            }
        }
    }
}

fn action_row(view: &ActionView) -> Markup {
    html! {
        tr {
            th scope="row" { a href={ "/actions/" (view.id) } { (view.action.in_words()) } }
            td data-label="State" { (state_badge(view.state)) }
            td data-label="Outcome" {
                @if let Some(heading) = &view.heading { strong { (heading) ": " } }
                @if let Some(title) = &view.code_title { (title) } @else { "–" }
            }
            td data-label="Asked" { (moment(view.created_at)) }
            td data-label="By" { (view.created_by) }
        }
    }
}
