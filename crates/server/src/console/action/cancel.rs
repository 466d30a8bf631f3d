//! `POST /actions/{id}/cancel`: calls an action back. What can no longer be called back is shown as it stands now.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};

use super::show::shown;
use crate::actions::cancel::cancel;
use crate::app::SharedApp;
use crate::console::own_form::OwnForm;
use crate::input::PathOf;
use crate::problem::Problem;

/// Calls an action back and leads to its page.
pub(crate) async fn cancel_action(
    State(app): State<SharedApp>,
    PathOf(id): PathOf,
    form: OwnForm,
) -> Result<Response, Problem> {
    match cancel(&app, &form.visitor.caller, &id, &form.key()?).await {
        Ok(action) => Ok(Redirect::to(&format!("/actions/{}", action.id)).into_response()),
        Err(problem) if problem.status == StatusCode::CONFLICT => {
            let shown = shown(&app, &form.visitor, &id).await?;
            let page = shown.render(&form.visitor, Some(problem.code));
            Ok((problem.status, page).into_response())
        }
        Err(problem) => Err(problem),
    }
}
