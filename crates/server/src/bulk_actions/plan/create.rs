//! `POST /api/v1/bulk-actions/plan`: what would come of a bulk run, device by device.

use axum::Json;
use axum::extract::State;

use super::view::{BulkPlanView, Wanted, page_of};
use super::{begin, wait};
use crate::app::SharedApp;
use crate::bulk_actions::input::{AskedRun, BulkInput, SecretsAre};
use crate::identity::Caller;
use crate::input::{LongSecretBody, QueryOf};
use crate::problem::{Problem, ProblemView};

/// Plans a bulk run. Passwords are not needed; those in the body are looked at for wildcards only. A plan that takes longer
/// than a moment goes on after the answer: look at it by its id until it is complete.
#[utoipa::path(post, path = "/api/v1/bulk-actions/plan", tag = "bulk actions", params(Wanted), request_body = BulkInput, responses(
    (status = 200, description = "The plan, as far as it is", body = BulkPlanView),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn plan_bulk_action(
    State(app): State<SharedApp>,
    caller: Caller,
    QueryOf(wanted): QueryOf<Wanted>,
    body: LongSecretBody,
) -> Result<Json<BulkPlanView>, Problem> {
    let asked = AskedRun::read(&app, caller.organization_id, &body, SecretsAre::Optional).await?;
    drop(body);
    let plan = begin(&app, &caller, &asked);
    wait(&plan).await;
    page_of(&app, &plan, &wanted).await.map(Json)
}
