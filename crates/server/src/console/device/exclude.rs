//! `POST /devices/{id}/service-account-exclusion`: the Mac is to have a service account, or none.

use axum::extract::State;
use axum::response::Redirect;

use crate::app::SharedApp;
use crate::console::own_form::OwnForm;
use crate::input::PathOf;
use crate::policies::service_account::exclude::exclude;
use crate::problem::Problem;

/// Excludes the Mac or takes it in again, and leads back to its page.
pub(crate) async fn exclude_service_account(
    State(app): State<SharedApp>,
    PathOf(id): PathOf,
    form: OwnForm,
) -> Result<Redirect, Problem> {
    let excluded = match form.form.text("excluded").as_str() {
        "true" => true,
        "false" => false,
        _ => return Err(Problem::invalid("excluded", "is true or false")),
    };
    let key = form.key()?;
    exclude(&app, &form.visitor.caller, &id, &key, excluded, None).await?;
    Ok(Redirect::to(&format!("/devices/{id}")))
}
