//! `GET /invitation/{link}`: the form, empty.

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};

use super::page::{page, unusable};
use crate::app::SharedApp;
use crate::console::choose_password::ChoosePassword;
use crate::console::components::Errors;
use crate::input::PathOf;
use crate::problem::Problem;
use crate::token;

/// Shows the form, as long as the link can be used.
pub(crate) async fn show_invitation(
    State(app): State<SharedApp>,
    PathOf(link): PathOf,
) -> Result<Response, Problem> {
    let found = store::person::find_invitation(&app.store, &token::hash(&link), app.now()).await?;
    let Some(person) = found else {
        return Ok(unusable());
    };
    let organization = store::organization::name(&app.store, person.organization_id).await?;
    let fields = ChoosePassword {
        name: None,
        errors: Errors::new(),
    };
    Ok(page(&link, &person, &organization, &fields).into_response())
}
