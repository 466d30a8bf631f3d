//! `POST /api/v1/bulk-actions/{id}/continue`: lets a stopped run go on.

use axum::Json;
use axum::extract::State;
use trust::bulk::RunState;
use trust::code::Code;

use super::view::BulkRunView;
use crate::app::{App, SharedApp};
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::{OptionalReason, PathOf, ReasonInput};
use crate::problem::{Problem, ProblemView};

/// Lets a stopped run go on. It begins with a canary again, and what had ended before no longer counts as failed.
#[utoipa::path(post, path = "/api/v1/bulk-actions/{id}/continue", tag = "bulk actions", params(("id" = String, Path, description = "The run"), ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = Option<ReasonInput>, responses(
    (status = 200, description = "It goes on", body = BulkRunView),
    (status = 409, description = "`bulk_not_stopped`, or `bulk_over`", body = ProblemView, content_type = "application/problem+json"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn continue_bulk_action(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
    key: IdempotencyKey,
    OptionalReason(reason): OptionalReason,
) -> Result<Json<BulkRunView>, Problem> {
    resume(&app, &caller, &id, &key, reason.as_deref())
        .await
        .map(Json)
}

/// Lets a stopped run go on.
pub(crate) async fn resume(
    app: &App,
    caller: &Caller,
    id: &str,
    key: &IdempotencyKey,
    reason: Option<&str>,
) -> Result<BulkRunView, Problem> {
    let id = id.parse().map_err(|_| Problem::not_found())?;
    let request = key.request(caller, "continue_bulk_action", &id, app.now());
    let asked = store::bulk_run::resume(&app.store, &request, id, reason).await?;
    let run = super::answered(app, asked, |run| match run.state {
        RunState::Preparing | RunState::Running => Code::BulkNotStopped,
        RunState::Stopped | RunState::Finished | RunState::Cancelled | RunState::Interrupted => {
            Code::BulkOver
        }
    })?;
    app.runs.wake(id);
    super::show::view(app, &run).await
}
