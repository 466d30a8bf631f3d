//! `GET /actions/{id}`: an action, from its plan to its end.

use axum::extract::State;
use maud::Markup;
use trust::restart::waiting_for_restart;

use super::page::{Restart, Shown};
use crate::actions::show::find;
use crate::actions::view::ActionView;
use crate::app::{App, SharedApp};
use crate::console::Visitor;
use crate::console::own_form::fresh_key;
use crate::input::PathOf;
use crate::problem::Problem;

/// Shows an action.
pub(crate) async fn show_action(
    State(app): State<SharedApp>,
    visitor: Visitor,
    PathOf(id): PathOf,
) -> Result<Markup, Problem> {
    let shown = shown(&app, &visitor, &id).await?;
    Ok(shown.render(&visitor, None))
}

/// The action that an address names, with what its page needs besides.
pub(super) async fn shown(app: &App, visitor: &Visitor, id: &str) -> Result<Shown, Problem> {
    let view = find(app, &visitor.caller, id).await?;
    Ok(Shown {
        restart: restart(app, &view).await?,
        view,
        key: fresh_key(app),
    })
}

/// Whether a token that was handed on waits for a restart; `None` where FileVault does not lock the disk.
async fn restart(app: &App, view: &ActionView) -> Result<Option<Restart>, Problem> {
    let Some(edge) = view.outcome.as_ref().and_then(|outcome| outcome.edge.clone()) else {
        return Ok(None);
    };
    let Some(observation) = store::observation::find(&app.store, view.device_id).await? else {
        return Ok(None);
    };
    let locks = observation
        .filevault
        .value()
        .is_some_and(|state| state.locks_the_disk());
    let waiting = waiting_for_restart(&observation, &[edge]);
    Ok(locks.then(|| {
        if waiting.is_some_and(|waiting| waiting.is_empty()) {
            Restart::Seen
        } else {
            Restart::Awaited
        }
    }))
}
