//! `POST /devices/{id}/device-management`: a profile is made. It is the answer, once.

use axum::extract::State;
use axum::response::Response;

use super::page::RENEW;
use crate::app::SharedApp;
use crate::console::own_form::OwnForm;
use crate::input::PathOf;
use crate::mdm_enrolments::create_profile::{answer, create};
use crate::problem::Problem;

/// Makes a profile.
pub(crate) async fn make_profile(
    State(app): State<SharedApp>,
    PathOf(id): PathOf,
    form: OwnForm,
) -> Result<Response, Problem> {
    let caller = &form.visitor.caller;
    let device = crate::devices::find(&app, caller, &id).await?;
    let renew = form.form.is_ticked(RENEW);
    let profile = create(&app, caller, &form.key()?, &device, renew).await?;
    Ok(answer(&profile))
}
