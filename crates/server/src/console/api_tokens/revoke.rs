//! `POST /api-tokens/{name}/revoke`: a token is no longer valid.

use axum::extract::State;
use axum::response::Redirect;

use super::ADDRESS;
use crate::api_tokens::revoke::revoke;
use crate::app::SharedApp;
use crate::console::own_form::OwnForm;
use crate::input::PathOf;
use crate::problem::Problem;

/// Ends a token.
pub(crate) async fn revoke_api_token(
    State(app): State<SharedApp>,
    PathOf(name): PathOf,
    form: OwnForm,
) -> Result<Redirect, Problem> {
    revoke(&app, &form.visitor.caller, &form.key()?, &name).await?;
    Ok(Redirect::to(ADDRESS))
}
