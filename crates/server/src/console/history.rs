//! `GET /actions`: what was asked of all devices, newest first.

use axum::extract::State;
use maud::{Markup, html};
use serde::Deserialize;
use store::action::Filter;
use trust::action::ActionState;

use super::components::{action_table, query};
use super::{Page, Place, Refusal, Visitor};
use crate::actions::list::page_of;
use crate::app::SharedApp;
use crate::input::QueryOf;
use crate::page;
use crate::problem::Problem;

/// How many actions a page shows.
const LIMIT: u32 = 50;

/// Which actions are wanted.
#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    state: String,
    cursor: Option<String>,
}

/// Shows the actions.
pub(crate) async fn show_history(
    State(app): State<SharedApp>,
    visitor: Visitor,
    wanted: Result<QueryOf<Wanted>, Problem>,
) -> Result<Markup, Refusal> {
    let QueryOf(wanted) = wanted?;
    let state = ActionState::from_word(&wanted.state);
    let filter = Filter {
        device_id: None,
        state,
        before: page::read_cursor(wanted.cursor.as_deref())?,
        limit: LIMIT,
    };
    let actions = page_of(&app, &visitor.caller, filter).await?;
    let contents = html! {
        h1 { "History" }
        (form(state))
        div #history data-live {
            (action_table(&actions.items, "No action matches."))
            @if let Some(cursor) = &actions.next_cursor {
                @let state = state.map(ActionState::word);
                p { a.button-like href={ "/actions" (query(&[("state", state), ("cursor", Some(cursor))])) } { "Earlier" } }
            }
        }
    };
    let page = Page {
        title: "History",
        reader: Some(&visitor.name()),
        place: Place::History,
        contents,
    };
    Ok(page.render())
}

fn form(wanted: Option<ActionState>) -> Markup {
    html! {
        form.filters method="get" action="/actions" {
            div.field {
                label for="state" { "State" }
                select #state name="state" {
                    option value="" { "Any" }
                    @for state in ActionState::ALL {
                        option value=(state.word()) selected[wanted == Some(state)] { (state.word()) }
                    }
                }
            }
            p.buttons { button type="submit" { "Filter" } }
        }
    }
}
