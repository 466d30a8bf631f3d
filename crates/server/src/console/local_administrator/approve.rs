//! `POST /devices/{id}/local-administrator/approve`: somebody else approves that the password is shown.

use axum::extract::State;
use axum::response::Redirect;

use super::{KIND, address};
use crate::app::SharedApp;
use crate::console::kept_secret::approve_request;
use crate::console::own_form::OwnForm;
use crate::escrow::Wanted;
use crate::input::PathOf;
use crate::problem::Problem;

/// Approves, and leads back to the page.
pub(crate) async fn approve_reveal(
    State(app): State<SharedApp>,
    PathOf(id): PathOf,
    form: OwnForm,
) -> Result<Redirect, Problem> {
    let device = crate::devices::find(&app, &form.visitor.caller, &id).await?;
    approve_request(&app, &form, Wanted::of(&device, KIND)).await?;
    Ok(Redirect::to(&address(&device)))
}
