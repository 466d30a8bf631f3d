//! `GET /actions`: what was asked of all devices, newest first.

use axum::extract::State;
use maud::{Markup, html};
use serde::Deserialize;
use store::action::Filter;
use trust::action::ActionState;

use super::components::{Choice, empty, fleet_action_table, no_match, query};
use super::{Page, Place, Visitor};
use crate::actions::list::page_of;
use crate::app::SharedApp;
use crate::input::QueryOf;
use crate::page;
use crate::problem::Problem;

/// Where this page is.
const ADDRESS: &str = "/actions";

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
    QueryOf(wanted): QueryOf<Wanted>,
) -> Result<Markup, Problem> {
    let state = wanted_state(&wanted.state)?;
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
            @if !actions.items.is_empty() {
                (fleet_action_table(&actions.items))
            } @else if state.is_some() {
                (no_match("No action matches.", ADDRESS))
            } @else {
                (empty("Nothing has been asked of any Mac yet."))
            }
            @if let Some(cursor) = &actions.next_cursor {
                @let state = state.map(ActionState::word);
                p { a.button-like href={ (ADDRESS) (query(&[("state", state), ("cursor", Some(cursor))])) } { "Earlier" } }
            }
        }
    };
    let page = Page {
        title: "History",
        visitor: Some(&visitor),
        place: Place::History,
        contents,
    };
    Ok(page.render())
}

/// The state that is asked for; none is every one.
fn wanted_state(word: &str) -> Result<Option<ActionState>, Problem> {
    if word.is_empty() {
        return Ok(None);
    }
    ActionState::from_word(word).map(Some).ok_or_else(|| {
        Problem::invalid(
            "state",
            "is `queued`, `offered`, `running`, `succeeded`, `failed`, `refused`, `expired` or `cancelled`",
        )
    })
}

fn form(wanted: Option<ActionState>) -> Markup {
    let any = [("", "Any")];
    let state = Choice {
        name: "state",
        label: "State",
        options: any
            .into_iter()
            .chain(ActionState::ALL.map(|state| (state.word(), state.word())))
            .collect(),
        chosen: wanted.map_or("", ActionState::word),
    };
    html! {
        form.filters method="get" action=(ADDRESS) {
            (state.render())
            p.buttons { button type="submit" { "Filter" } }
        }
    }
}
