//! `POST /api/v1/actions/{id}/cancel`: calls an action back before its agent begins.

use axum::Json;
use axum::extract::State;
use store::action::Cancelled;
use trust::action::ActionState;
use trust::code::Code;

use super::view::ActionView;
use crate::app::{App, SharedApp};
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::PathOf;
use crate::problem::{Problem, ProblemView};

/// Calls an action back. Its sealed passwords are destroyed.
#[utoipa::path(post, path = "/api/v1/actions/{id}/cancel", tag = "actions", params(("id" = String, Path, description = "The action"), ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), responses(
    (status = 200, description = "It is cancelled", body = ActionView),
    (status = 409, description = "`action_already_started`, or `expired`", body = ProblemView, content_type = "application/problem+json"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn cancel_action(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
    key: IdempotencyKey,
) -> Result<Json<ActionView>, Problem> {
    cancel(&app, &caller, &id, &key).await.map(Json)
}

/// Calls the action back that an address names.
pub(crate) async fn cancel(
    app: &App,
    caller: &Caller,
    id: &str,
    key: &IdempotencyKey,
) -> Result<ActionView, Problem> {
    let id = id.parse().map_err(|_| Problem::not_found())?;
    super::expire_due(app).await?;
    let request = key.request(caller, "cancel_action", &id, app.now());
    match store::action::cancel(&app.store, &request, id).await? {
        Cancelled::Now(action) => {
            app.action_changed(action.changed());
            Ok(ActionView::from(*action))
        }
        Cancelled::Before(action) => Ok(ActionView::from(*action)),
        Cancelled::TooLate(action) if action.state == ActionState::Expired => {
            Err(Problem::conflict(Code::Expired))
        }
        Cancelled::TooLate(_) => Err(Problem::conflict(Code::ActionAlreadyStarted)),
        Cancelled::NotFound => Err(Problem::not_found()),
        Cancelled::KeyReused => Err(Problem::conflict(Code::IdempotencyKeyReused)),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::Value;

    use crate::clock::Clock as _;
    use crate::testing::{Answer, Call, FakeMac, TestApp, healthy_mac};

    async fn cancel(app: &TestApp, action: &Value, key: &str) -> Answer {
        let path = format!("/api/v1/actions/{}/cancel", action["id"].as_str().unwrap());
        app.send(Call::post(path).bearer(&app.token).key(key)).await
    }

    #[tokio::test]
    async fn what_waits_can_be_called_back() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let action = app.grant(&mac).await;
        let cancelled = cancel(&app, &action, "cancel-1").await.expect(200);
        assert_eq!(
            (&cancelled["state"], &cancelled["code"]),
            (&"cancelled".into(), &"cancelled".into())
        );
        assert_eq!(cancel(&app, &action, "cancel-1").await.expect(200), cancelled);
        assert_eq!(cancel(&app, &action, "cancel-2").await.expect(200), cancelled);
        assert!(mac.check_in(&app).await.offers.is_empty());
        mac.start(&app, &action["id"])
            .await
            .expect_problem(409, "cancelled");
        let other = app.grant(&mac).await;
        cancel(&app, &other, "cancel-1")
            .await
            .expect_problem(409, "idempotency_key_reused");
    }

    #[tokio::test]
    async fn what_has_begun_or_ended_cannot() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let action = app.grant(&mac).await;
        mac.start(&app, &action["id"]).await.expect(200);
        cancel(&app, &action, "cancel-1")
            .await
            .expect_problem(409, "action_already_started");
        mac.report(&app, &action["id"], mac.granted(app.clock.now()))
            .await
            .expect(200);
        cancel(&app, &action, "cancel-1")
            .await
            .expect_problem(409, "action_already_started");

        let late = app.grant(&mac).await;
        app.advance(Duration::from_hours(7 * 24));
        cancel(&app, &late, "cancel-2")
            .await
            .expect_problem(409, "expired");
    }

    #[tokio::test]
    async fn a_key_and_an_action_are_needed() {
        let app = TestApp::start().await;
        let path = "/api/v1/actions/00000000-0000-4000-8000-000000000000/cancel";
        let call = Call::post(path).bearer(&app.token);
        app.send(call.clone())
            .await
            .expect_problem(400, "idempotency_key_missing");
        app.send(call.clone().key("short"))
            .await
            .expect_problem(400, "idempotency_key_missing");
        app.send(call.key("cancel-1"))
            .await
            .expect_problem(404, "not_found");
    }
}
