//! `POST /api/v1/bulk-actions/{id}/cancel`: calls a run back.

use axum::Json;
use axum::extract::State;

use super::verb::{Verb, ask};
use super::view::BulkRunView;
use crate::app::SharedApp;
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::{OptionalReason, PathOf, ReasonInput};
use crate::problem::{Problem, ProblemView};

/// Calls a run back: what no agent has begun is cancelled, and its sealed passwords are destroyed. What has begun ends by
/// itself.
#[utoipa::path(post, path = "/api/v1/bulk-actions/{id}/cancel", tag = "bulk actions", params(("id" = String, Path, description = "The run"), ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = Option<ReasonInput>, responses(
    (status = 200, description = "It is cancelled", body = BulkRunView),
    (status = 409, description = "`bulk_over`", body = ProblemView, content_type = "application/problem+json"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn cancel_bulk_action(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
    key: IdempotencyKey,
    OptionalReason(reason): OptionalReason,
) -> Result<Json<BulkRunView>, Problem> {
    ask(Verb::Cancel, &app, &caller, &id, &key, reason.as_deref())
        .await
        .map(Json)
}
