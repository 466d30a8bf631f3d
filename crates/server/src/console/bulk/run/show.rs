//! `GET /bulk/{id}`: a run with its progress and its Macs.

use axum::extract::State;
use maud::Markup;
use serde::Deserialize;
use trust::code::Code;

use super::members::{Results, wanted};
use super::page::Shown;
use crate::app::{App, SharedApp};
use crate::bulk_actions::{find, members, show};
use crate::console::Visitor;
use crate::console::own_form::fresh_key;
use crate::input::{PathOf, QueryOf};
use crate::problem::Problem;

/// How much of what happened is shown. People stop and continue a run a few times.
const EVENTS: u32 = 50;

/// Which Macs are wanted.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    /// A state of actions, or what a Mac lacks for one; empty for all.
    pub result: String,
    pub cursor: Option<String>,
}

/// Shows a run.
pub(crate) async fn show_run(
    State(app): State<SharedApp>,
    visitor: Visitor,
    PathOf(id): PathOf,
    QueryOf(wanted): QueryOf<Wanted>,
) -> Result<Markup, Problem> {
    page(&app, &visitor, &id, &wanted, None).await
}

/// The page of a run; `refusal` is why what was just asked of it cannot be done.
pub(super) async fn page(
    app: &App,
    visitor: &Visitor,
    id: &str,
    asked: &Wanted,
    refusal: Option<Code>,
) -> Result<Markup, Problem> {
    crate::actions::expire_due(app).await?;
    let run = find(app, &visitor.caller, id).await?;
    let shown = Shown {
        view: show::view(app, &run).await?,
        results: Results {
            page: members::page_of(app, run.id, &wanted(asked)?).await?,
            result: asked.result.clone(),
            goes_on: asked.cursor.is_some(),
        },
        history: store::audit::list_of_bulk_run(&app.store, run.organization_id, run.id, EVENTS).await?,
        key: fresh_key(app),
    };
    Ok(shown.render(visitor, refusal))
}
