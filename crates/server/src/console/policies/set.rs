//! `POST /policies/…`: a policy is turned on or off.

use axum::extract::State;
use axum::response::Redirect;
use trust::policy::OnOffPolicy;

use super::switch::read;
use crate::app::{App, SharedApp};
use crate::console::own_form::OwnForm;
use crate::policies::on_off::set;
use crate::problem::Problem;

/// Turns "promote administrators" on or off, and leads back to the page.
pub(crate) async fn set_promote_administrators(
    State(app): State<SharedApp>,
    form: OwnForm,
) -> Result<Redirect, Problem> {
    turn(&app, &form, OnOffPolicy::PromoteAdministrators).await
}

/// Turns "reveals need approval" on or off, and leads back to the page.
pub(crate) async fn set_reveals_need_approval(
    State(app): State<SharedApp>,
    form: OwnForm,
) -> Result<Redirect, Problem> {
    turn(&app, &form, OnOffPolicy::RevealsNeedApproval).await
}

/// Turns "second factor for reveals" on or off, and leads back to the page.
pub(crate) async fn set_second_factor_for_reveals(
    State(app): State<SharedApp>,
    form: OwnForm,
) -> Result<Redirect, Problem> {
    turn(&app, &form, OnOffPolicy::SecondFactorForReveals).await
}

/// Turns "token for primary users" on or off, and leads back to the page.
pub(crate) async fn set_token_for_primary_users(
    State(app): State<SharedApp>,
    form: OwnForm,
) -> Result<Redirect, Problem> {
    turn(&app, &form, OnOffPolicy::TokenForPrimaryUsers).await
}

async fn turn(app: &App, form: &OwnForm, policy: OnOffPolicy) -> Result<Redirect, Problem> {
    let (enabled, reason) = read(form)?;
    let (caller, key) = (&form.visitor.caller, form.key()?);
    set(app, caller, &key, policy, enabled, reason.as_deref()).await?;
    Ok(Redirect::to(super::SAVED))
}
