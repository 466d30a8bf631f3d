//! `POST /api/v1/bulk-actions/{id}/continue`: lets a stopped run go on.

use axum::Json;
use axum::extract::State;

use super::verb::{Verb, ask};
use super::view::BulkRunView;
use crate::app::SharedApp;
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
    ask(Verb::Continue, &app, &caller, &id, &key, reason.as_deref())
        .await
        .map(Json)
}
