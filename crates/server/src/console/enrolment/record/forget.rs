//! `POST /enrolment-data/{serial_number}/forget`: who uses a Mac is forgotten, and what was collected is destroyed.

use axum::extract::State;
use axum::response::Redirect;

use super::super::LIST;
use crate::app::SharedApp;
use crate::console::own_form::OwnForm;
use crate::enrolment_records::forget::forget;
use crate::input::PathOf;
use crate::problem::Problem;

/// Forgets a record and leads to the list.
pub(crate) async fn forget_record(
    State(app): State<SharedApp>,
    PathOf(serial_number): PathOf,
    form: OwnForm,
) -> Result<Redirect, Problem> {
    let serial_number = serial_number.parse().map_err(|_| Problem::not_found())?;
    forget(&app, &form.visitor.caller, &form.key()?, &serial_number).await?;
    Ok(Redirect::to(LIST))
}
