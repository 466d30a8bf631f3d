//! `POST /api/v1/bulk-actions/{id}/stop`: stops a run until somebody continues it.

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

/// Stops a run: nothing more is released. What an agent was shown and has not begun is cancelled; what has begun ends by
/// itself.
#[utoipa::path(post, path = "/api/v1/bulk-actions/{id}/stop", tag = "bulk actions", params(("id" = String, Path, description = "The run"), ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = Option<ReasonInput>, responses(
    (status = 200, description = "It is stopped", body = BulkRunView),
    (status = 409, description = "`not_yet` while it is being prepared, or `bulk_over`", body = ProblemView, content_type = "application/problem+json"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn stop_bulk_action(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
    key: IdempotencyKey,
    OptionalReason(reason): OptionalReason,
) -> Result<Json<BulkRunView>, Problem> {
    stop(&app, &caller, &id, &key, reason.as_deref()).await.map(Json)
}

/// Stops a run.
pub(crate) async fn stop(
    app: &App,
    caller: &Caller,
    id: &str,
    key: &IdempotencyKey,
    reason: Option<&str>,
) -> Result<BulkRunView, Problem> {
    let id = id.parse().map_err(|_| Problem::not_found())?;
    let request = key.request(caller, "stop_bulk_action", &id, app.now());
    let (asked, ended) = store::bulk_run::stop(&app.store, &request, id, reason).await?;
    for changed in ended {
        app.action_changed(changed);
    }
    let run = super::answered(app, asked, |run| match run.state {
        RunState::Preparing => Code::BulkPreparing,
        _ => Code::BulkOver,
    })?;
    super::show::view(app, &run).await
}
