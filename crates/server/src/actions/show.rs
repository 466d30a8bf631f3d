//! `GET /api/v1/actions/{id}`: where an action stands.

use axum::Json;
use axum::extract::{Path, State};

use super::view::ActionView;
use crate::app::{App, SharedApp};
use crate::identity::Caller;
use crate::problem::Problem;

/// Shows an action.
#[utoipa::path(get, path = "/api/v1/actions/{id}", tag = "actions", params(("id" = String, Path, description = "The action")), responses(
    (status = 200, description = "The action", body = ActionView),
    (status = "4XX", description = "A problem", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn show_action(
    State(app): State<SharedApp>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<ActionView>, Problem> {
    find(&app, &caller, &id).await.map(Json)
}

/// The action that an address names, in the caller's organisation, as it stands now.
pub(crate) async fn find(app: &App, caller: &Caller, id: &str) -> Result<ActionView, Problem> {
    let id = id.parse().map_err(|_| Problem::not_found())?;
    super::expire_due(app).await?;
    store::action::find(&app.store, caller.organization_id, id)
        .await?
        .map(ActionView::from)
        .ok_or_else(Problem::not_found)
}
