//! `GET /api/v1/bulk-actions/{id}`: one bulk run with its progress.

use axum::Json;
use axum::extract::State;
use store::bulk_run::BulkRun;

use super::view::BulkRunView;
use crate::app::{App, SharedApp};
use crate::identity::Caller;
use crate::input::PathOf;
use crate::problem::{Problem, ProblemView};

/// Shows a bulk run with its progress.
#[utoipa::path(get, path = "/api/v1/bulk-actions/{id}", tag = "bulk actions", params(("id" = String, Path, description = "The run")), responses(
    (status = 200, description = "The run", body = BulkRunView),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn show_bulk_action(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
) -> Result<Json<BulkRunView>, Problem> {
    crate::actions::expire_due(&app).await?;
    let run = super::find(&app, &caller, &id).await?;
    view(&app, &run).await.map(Json)
}

/// The run with its progress.
pub(crate) async fn view(app: &App, run: &BulkRun) -> Result<BulkRunView, Problem> {
    let progress = store::bulk_run::progress(&app.store, run.id).await?;
    BulkRunView::new(run, &progress)
}
