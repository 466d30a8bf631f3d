//! `POST /sessions/{id}/end`: somebody is signed out.

use axum::extract::State;
use axum::response::Redirect;

use super::ADDRESS;
use crate::app::SharedApp;
use crate::console::own_form::OwnForm;
use crate::input::PathOf;
use crate::problem::Problem;
use crate::sessions::end::end;

/// Ends a session.
pub(crate) async fn end_session(
    State(app): State<SharedApp>,
    PathOf(id): PathOf,
    form: OwnForm,
) -> Result<Redirect, Problem> {
    end(&app, &form.visitor.caller, &form.key()?, &id).await?;
    Ok(Redirect::to(ADDRESS))
}
