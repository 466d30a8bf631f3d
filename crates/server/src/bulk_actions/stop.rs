//! `POST /api/v1/bulk-actions/{id}/stop`: stops a run until somebody continues it.

use axum::Json;
use axum::extract::State;

use super::verb::{Verb, ask};
use super::view::BulkRunView;
use crate::app::SharedApp;
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
    ask(Verb::Stop, &app, &caller, &id, &key, reason.as_deref())
        .await
        .map(Json)
}
