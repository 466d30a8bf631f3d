//! `GET /api/v1/bulk-actions/plan/{id}`: another look at a plan, or at more of it.

use axum::Json;
use axum::extract::State;

use super::view::{BulkPlanView, Wanted, page_of};
use super::wait;
use crate::app::SharedApp;
use crate::identity::Caller;
use crate::input::{PathOf, QueryOf};
use crate::problem::{Problem, ProblemView};

/// Shows a plan that was asked for before, by the same caller. Waits a moment for one that is not complete.
#[utoipa::path(get, path = "/api/v1/bulk-actions/plan/{id}", tag = "bulk actions", params(("id" = String, Path, description = "The plan"), Wanted), responses(
    (status = 200, description = "The plan, as far as it is", body = BulkPlanView),
    (status = 404, description = "`not_found`: it is kept no longer", body = ProblemView, content_type = "application/problem+json"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn show_bulk_plan(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
    QueryOf(wanted): QueryOf<Wanted>,
) -> Result<Json<BulkPlanView>, Problem> {
    let id = id.parse().map_err(|_| Problem::not_found())?;
    let plan = app.plans.find(&caller, id, app.now());
    let plan = plan.ok_or_else(Problem::not_found)?;
    wait(&plan).await;
    page_of(&app, &plan, &wanted).await.map(Json)
}
