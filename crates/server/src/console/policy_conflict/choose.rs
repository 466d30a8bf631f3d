//! `POST /devices/{id}/policy-conflict`: somebody chooses a way.

use axum::extract::State;
use axum::response::Redirect;
use trust::service_account::policy_conflict::Workaround;

use super::way::WORKAROUND;
use crate::app::SharedApp;
use crate::console::own_form::OwnForm;
use crate::devices::policy_conflict::choose;
use crate::input::PathOf;
use crate::problem::Problem;

/// Keeps the choice, lets the Mac try again, and leads back to the page, which tells what comes of it.
pub(crate) async fn choose_way(
    State(app): State<SharedApp>,
    PathOf(id): PathOf,
    form: OwnForm,
) -> Result<Redirect, Problem> {
    let workaround = Workaround::from_word(&form.form.text(WORKAROUND))
        .ok_or_else(|| Problem::invalid(WORKAROUND, "is one of the ways on the page"))?;
    let reason = form.reason()?;
    let caller = &form.visitor.caller;
    let device = crate::devices::find(&app, caller, &id).await?;
    choose(
        &app,
        caller,
        &device,
        &form.key()?,
        (workaround, reason.as_deref()),
    )
    .await?;
    Ok(Redirect::to(&format!("/devices/{}/policy-conflict", device.id)))
}
