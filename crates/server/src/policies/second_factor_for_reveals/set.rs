//! `PUT /api/v1/policies/second-factor-for-reveals`: turns the policy on or off.

use axum::Json;
use axum::extract::State;
use trust::policy::OnOffPolicy;

use super::show::{SecondFactorForReveals, find};
use crate::app::SharedApp;
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::SecretBody;
use crate::policies::on_off::{OnOffInput, set_by};
use crate::problem::{Problem, ProblemView};

/// Turns the policy "second factor for reveals" on or off. Only owners can: those of whom it is asked could turn it off.
#[utoipa::path(put, path = "/api/v1/policies/second-factor-for-reveals", tag = "policies", params(("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = OnOffInput, responses(
    (status = 200, description = "The policy as it is now", body = SecondFactorForReveals),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn set_second_factor_for_reveals(
    State(app): State<SharedApp>,
    caller: Caller,
    key: IdempotencyKey,
    body: SecretBody,
) -> Result<Json<SecondFactorForReveals>, Problem> {
    set_by(&body, &app, &caller, &key, OnOffPolicy::SecondFactorForReveals).await?;
    find(&app, caller.organization_id).await.map(Json)
}
