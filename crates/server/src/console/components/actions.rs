//! A table of actions.

use maud::{Markup, html};
use trust::action::Action;

use super::badge::state_badge;
use super::moment::moment;
use crate::actions::view::ActionView;

/// Actions, in the order in which they come.
pub(crate) fn action_table(actions: &[ActionView]) -> Markup {
    html! {
        @if actions.is_empty() {
            p.quiet { "Nothing has been asked of this Mac yet." }
        } @else {
            div.scroll tabindex="0" {
                table {
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
            td { a href={ "/actions/" (view.id) } { (asked(&view.action)) } }
            td { (state_badge(view.state)) }
            td {
                @if let Some(heading) = &view.heading { (heading) ": " }
                @if let Some(title) = &view.code_title { (title) } @else { "–" }
            }
            td { (moment(view.created_at)) }
            td { (view.created_by) }
        }
    }
}

/// What is asked, in a line.
pub(crate) fn asked(action: &Action) -> Markup {
    match action {
        Action::GrantSecureToken(grant) => html! {
            "Grant Secure Token: " (grant.administrator) " → " (grant.target)
        },
        Action::CreateAccount(create) => html! {
            "Create User Account: " (create.target)
            @if let Some(administrator) = &create.administrator { ", with a token from " (administrator) }
        },
    }
}
