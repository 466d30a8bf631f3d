//! `POST /devices/{id}/local-administrator`: somebody is shown the password. It stands on the page that answers, and on no other.

use axum::extract::State;
use maud::Markup;

use super::KIND;
use super::page::page;
use crate::app::SharedApp;
use crate::console::kept_secret::ask;
use crate::console::own_form::OwnForm;
use crate::escrow::Wanted;
use crate::input::PathOf;
use crate::problem::Problem;

/// Shows the password, or who has to approve first.
pub(crate) async fn reveal_password(
    State(app): State<SharedApp>,
    PathOf(id): PathOf,
    form: OwnForm,
) -> Result<Markup, Problem> {
    let device = crate::devices::find(&app, &form.visitor.caller, &id).await?;
    let came = ask(&app, &form, Wanted::of(&device, KIND)).await?;
    page(&app, &form.visitor, &device, &came).await
}
