//! `POST /devices/{id}/local-administrator/replace`: somebody wants another password.

use axum::extract::State;
use axum::response::Redirect;

use super::address;
use crate::app::SharedApp;
use crate::console::own_form::OwnForm;
use crate::input::PathOf;
use crate::local_administrator::replace::replace;
use crate::problem::Problem;

/// Asks for it, and leads back to the page.
pub(crate) async fn replace_password(
    State(app): State<SharedApp>,
    PathOf(id): PathOf,
    form: OwnForm,
) -> Result<Redirect, Problem> {
    let caller = &form.visitor.caller;
    let device = crate::devices::find(&app, caller, &id).await?;
    replace(&app, caller, &device, &form.key()?, form.reason()?.as_deref()).await?;
    Ok(Redirect::to(&address(&device)))
}
