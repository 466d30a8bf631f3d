//! `POST /policies/…`: a policy is turned on or off.

use axum::extract::State;
use axum::response::Redirect;

use super::switch::read;
use crate::app::SharedApp;
use crate::console::own_form::OwnForm;
use crate::policies::{promote_administrators, token_for_primary_users};
use crate::problem::Problem;

/// Turns "promote administrators" on or off, and leads back to the page.
pub(crate) async fn set_promote_administrators(
    State(app): State<SharedApp>,
    form: OwnForm,
) -> Result<Redirect, Problem> {
    let (enabled, reason) = read(&form)?;
    let (caller, key) = (&form.visitor.caller, form.key()?);
    promote_administrators::set::set(&app, caller, &key, enabled, reason.as_deref()).await?;
    Ok(Redirect::to("/policies"))
}

/// Turns "token for primary users" on or off, and leads back to the page.
pub(crate) async fn set_token_for_primary_users(
    State(app): State<SharedApp>,
    form: OwnForm,
) -> Result<Redirect, Problem> {
    let (enabled, reason) = read(&form)?;
    let (caller, key) = (&form.visitor.caller, form.key()?);
    token_for_primary_users::set::set(&app, caller, &key, enabled, reason.as_deref()).await?;
    Ok(Redirect::to("/policies"))
}
