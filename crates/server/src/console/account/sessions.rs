//! `POST /account/sessions/{id}/end`: the reader signs himself out elsewhere.

use axum::extract::State;
use axum::response::Redirect;
use trust::id::SessionId;

use super::{ADDRESS, sender};
use crate::app::SharedApp;
use crate::console::own_form::OwnForm;
use crate::input::PathOf;
use crate::problem::Problem;
use crate::sessions::end::end;

/// Ends a session of the reader's own.
pub(crate) async fn end_own_session(
    State(app): State<SharedApp>,
    PathOf(id): PathOf,
    form: OwnForm,
) -> Result<Redirect, Problem> {
    let person = sender(&app, &form).await?;
    let session: SessionId = id.parse().map_err(|_| Problem::not_found())?;
    let own = store::session::list_of_person(&app.store, person.id, app.now()).await?;
    if !own.iter().any(|listed| listed.id == session) {
        return Err(Problem::not_found());
    }
    end(&app, &form.visitor.caller, &form.key()?, &id).await?;
    Ok(Redirect::to(ADDRESS))
}
