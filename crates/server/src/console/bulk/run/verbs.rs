//! `POST /bulk/{id}/stop`, `/continue` and `/cancel`. What cannot be done any more is shown with the run as it stands now.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};

use super::show::{Wanted, page};
use crate::app::{App, SharedApp};
use crate::bulk_actions::verb::{Verb, ask};
use crate::console::bulk::ADDRESS;
use crate::console::own_form::OwnForm;
use crate::input::PathOf;
use crate::problem::Problem;

/// Stops a run.
pub(crate) async fn stop_run(
    State(app): State<SharedApp>,
    PathOf(id): PathOf,
    form: OwnForm,
) -> Result<Response, Problem> {
    ask_by(&form, Verb::Stop, &app, &id).await
}

/// Lets a stopped run go on.
pub(crate) async fn continue_run(
    State(app): State<SharedApp>,
    PathOf(id): PathOf,
    form: OwnForm,
) -> Result<Response, Problem> {
    ask_by(&form, Verb::Continue, &app, &id).await
}

/// Calls a run back.
pub(crate) async fn cancel_run(
    State(app): State<SharedApp>,
    PathOf(id): PathOf,
    form: OwnForm,
) -> Result<Response, Problem> {
    ask_by(&form, Verb::Cancel, &app, &id).await
}

/// Asks it, and leads to the run's page; where it was asked in vain, the page says why.
async fn ask_by(form: &OwnForm, verb: Verb, app: &App, id: &str) -> Result<Response, Problem> {
    let (key, reason) = (form.key()?, form.reason()?);
    match ask(verb, app, &form.visitor.caller, id, &key, reason.as_deref()).await {
        Ok(run) => Ok(Redirect::to(&format!("{ADDRESS}/{}", run.id)).into_response()),
        Err(problem) if problem.status == StatusCode::CONFLICT => {
            let page = page(app, &form.visitor, id, &Wanted::default(), Some(problem.code)).await?;
            Ok((problem.status, page).into_response())
        }
        Err(problem) => Err(problem),
    }
}
