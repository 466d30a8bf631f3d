//! `PUT /api/v1/policies/promote-administrators`: turns the policy on or off.

use axum::Json;
use axum::extract::State;
use trust::policy::OnOffPolicy;

use super::show::{PromoteAdministrators, find};
use crate::app::SharedApp;
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::SecretBody;
use crate::policies::on_off::{OnOffInput, set_by};
use crate::problem::{Problem, ProblemView};

/// Turns the policy "promote administrators" on or off. Actions that were accepted before stay as they are.
#[utoipa::path(put, path = "/api/v1/policies/promote-administrators", tag = "policies", params(("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = OnOffInput, responses(
    (status = 200, description = "The policy as it is now", body = PromoteAdministrators),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn set_promote_administrators(
    State(app): State<SharedApp>,
    caller: Caller,
    key: IdempotencyKey,
    body: SecretBody,
) -> Result<Json<PromoteAdministrators>, Problem> {
    set_by(&body, &app, &caller, &key, OnOffPolicy::PromoteAdministrators).await?;
    find(&app, caller.organization_id).await.map(Json)
}
