//! `POST /policies/promote-administrators`: the policy is turned on or off.

use axum::extract::State;
use axum::response::Redirect;

use super::page::{ENABLED, REASON};
use crate::app::SharedApp;
use crate::console::own_form::OwnForm;
use crate::policies::promote_administrators::set::set;
use crate::problem::Problem;

/// Turns the policy on or off, and leads back to the page.
pub(crate) async fn set_promote_administrators(
    State(app): State<SharedApp>,
    form: OwnForm,
) -> Result<Redirect, Problem> {
    let enabled = match form.form.text(ENABLED).as_str() {
        "true" => true,
        "false" => false,
        _ => return Err(Problem::invalid(ENABLED, "is true or false")),
    };
    let reason = Some(form.form.text(REASON)).filter(|reason| !reason.is_empty());
    if reason.as_ref().is_some_and(|reason| reason.chars().count() > 500) {
        return Err(Problem::invalid(REASON, "is a text of at most 500 characters"));
    }
    let key = form.key()?;
    set(&app, &form.visitor.caller, &key, enabled, reason.as_deref()).await?;
    Ok(Redirect::to("/policies"))
}
