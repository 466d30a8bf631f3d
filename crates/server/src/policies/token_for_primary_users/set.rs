//! `PUT /api/v1/policies/token-for-primary-users`: turns the policy on or off.

use axum::Json;
use axum::extract::State;
use trust::policy::OnOffPolicy;

use super::show::{TokenForPrimaryUsers, find};
use crate::app::SharedApp;
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::SecretBody;
use crate::policies::on_off::{OnOffInput, set_by};
use crate::problem::{Problem, ProblemView};

/// Turns the policy "token for primary users" on or off. Every Mac is diagnosed by it from then on, a few at a time.
#[utoipa::path(put, path = "/api/v1/policies/token-for-primary-users", tag = "policies", params(("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = OnOffInput, responses(
    (status = 200, description = "The policy as it is now", body = TokenForPrimaryUsers),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn set_token_for_primary_users(
    State(app): State<SharedApp>,
    caller: Caller,
    key: IdempotencyKey,
    body: SecretBody,
) -> Result<Json<TokenForPrimaryUsers>, Problem> {
    set_by(&body, &app, &caller, &key, OnOffPolicy::TokenForPrimaryUsers).await?;
    find(&app, caller.organization_id).await.map(Json)
}
