//! `POST /api/v1/actions/{id}/cancel`: calls an action back before its agent begins.

use axum::Json;
use axum::extract::{Path, State};
use store::action::Cancelled;
use trust::action::ActionState;
use trust::code::Code;

use super::view::ActionView;
use crate::app::SharedApp;
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::problem::Problem;

/// Calls an action back. Its sealed passwords are destroyed.
#[utoipa::path(post, path = "/api/v1/actions/{id}/cancel", tag = "actions", params(("id" = String, Path, description = "The action"), ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), responses(
    (status = 200, description = "It is cancelled", body = ActionView),
    (status = 409, description = "`action_already_started`, or `expired`", body = Problem, content_type = "application/problem+json"),
    (status = "4XX", description = "A problem", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn cancel_action(
    State(app): State<SharedApp>,
    caller: Caller,
    Path(id): Path<String>,
    key: IdempotencyKey,
) -> Result<Json<ActionView>, Problem> {
    let id = id.parse().map_err(|_| Problem::not_found())?;
    super::expire_due(&app).await?;
    let request = key.request(&caller, "cancel_action", &id, app.now());
    match store::action::cancel(&app.store, &request, id).await? {
        Cancelled::Now(action) => {
            app.events.action(action.changed());
            Ok(Json(ActionView::from(*action)))
        }
        Cancelled::Before(action) => Ok(Json(ActionView::from(*action))),
        Cancelled::TooLate(action) if action.state == ActionState::Expired => {
            Err(Problem::conflict(Code::Expired))
        }
        Cancelled::TooLate(_) => Err(Problem::conflict(Code::ActionAlreadyStarted)),
        Cancelled::NotFound => Err(Problem::not_found()),
        Cancelled::KeyReused => Err(Problem::conflict(Code::IdempotencyKeyReused)),
    }
}
