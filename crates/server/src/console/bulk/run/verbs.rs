//! `POST /bulk/{id}/stop`, `/continue` and `/cancel`. What cannot be done any more is shown with the run as it stands now.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};

use super::show::{Wanted, page};
use crate::app::{App, SharedApp};
use crate::bulk_actions::view::BulkRunView;
use crate::bulk_actions::{cancel, resume, stop};
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
    let (key, reason) = (form.key()?, form.reason()?);
    let done = stop::stop(&app, &form.visitor.caller, &id, &key, reason.as_deref()).await;
    answer(&app, &form, &id, done).await
}

/// Lets a stopped run go on.
pub(crate) async fn continue_run(
    State(app): State<SharedApp>,
    PathOf(id): PathOf,
    form: OwnForm,
) -> Result<Response, Problem> {
    let (key, reason) = (form.key()?, form.reason()?);
    let done = resume::resume(&app, &form.visitor.caller, &id, &key, reason.as_deref()).await;
    answer(&app, &form, &id, done).await
}

/// Calls a run back.
pub(crate) async fn cancel_run(
    State(app): State<SharedApp>,
    PathOf(id): PathOf,
    form: OwnForm,
) -> Result<Response, Problem> {
    let (key, reason) = (form.key()?, form.reason()?);
    let done = cancel::cancel(&app, &form.visitor.caller, &id, &key, reason.as_deref()).await;
    answer(&app, &form, &id, done).await
}

/// Leads to the run's page; where it was asked in vain, the page says why.
async fn answer(
    app: &App,
    form: &OwnForm,
    id: &str,
    done: Result<BulkRunView, Problem>,
) -> Result<Response, Problem> {
    match done {
        Ok(run) => Ok(Redirect::to(&format!("{ADDRESS}/{}", run.id)).into_response()),
        Err(problem) if problem.status == StatusCode::CONFLICT => {
            let page = page(app, &form.visitor, id, &Wanted::default(), Some(problem.code)).await?;
            Ok((problem.status, page).into_response())
        }
        Err(problem) => Err(problem),
    }
}
