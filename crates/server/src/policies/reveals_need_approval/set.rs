//! `PUT /api/v1/policies/reveals-need-approval`: turns the policy on or off.

use axum::Json;
use axum::extract::State;
use trust::policy::OnOffPolicy;

use super::show::{RevealsNeedApproval, find};
use crate::app::SharedApp;
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::SecretBody;
use crate::policies::on_off::{OnOffInput, set_by};
use crate::problem::{Problem, ProblemView};

/// Turns the policy "reveals need approval" on or off. Only owners can: whoever may reveal could turn it off before and on again afterwards.
#[utoipa::path(put, path = "/api/v1/policies/reveals-need-approval", tag = "policies", params(("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = OnOffInput, responses(
    (status = 200, description = "The policy as it is now", body = RevealsNeedApproval),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn set_reveals_need_approval(
    State(app): State<SharedApp>,
    caller: Caller,
    key: IdempotencyKey,
    body: SecretBody,
) -> Result<Json<RevealsNeedApproval>, Problem> {
    set_by(&body, &app, &caller, &key, OnOffPolicy::RevealsNeedApproval).await?;
    find(&app, caller.organization_id).await.map(Json)
}
