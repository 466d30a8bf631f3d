//! `GET /api/v1/actions/{id}`: where an action stands.

use axum::Json;
use axum::extract::State;

use super::view::ActionView;
use crate::app::{App, SharedApp};
use crate::identity::Caller;
use crate::input::PathOf;
use crate::problem::{Problem, ProblemView};

/// Shows an action.
#[utoipa::path(get, path = "/api/v1/actions/{id}", tag = "actions", params(("id" = String, Path, description = "The action")), responses(
    (status = 200, description = "The action", body = ActionView),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn show_action(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
) -> Result<Json<ActionView>, Problem> {
    find(&app, &caller, &id).await.map(Json)
}

/// The action that an address names, in the caller's organisation, as it stands now.
pub(crate) async fn find(app: &App, caller: &Caller, id: &str) -> Result<ActionView, Problem> {
    let id = id.parse().map_err(|_| Problem::not_found())?;
    super::expire_due(app).await?;
    store::action::find(&app.store, caller.organization_id, id)
        .await?
        .map(ActionView::from)
        .ok_or_else(Problem::not_found)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use crate::clock::Clock as _;
    use serde_json::Value;

    use crate::testing::{FakeMac, TestApp, healthy_mac};

    #[tokio::test]
    async fn an_action_is_shown_from_its_plan_to_its_end() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let mut action = app.grant(&mac).await;
        let already_open = action.as_object_mut().unwrap().remove("already_open");
        assert_eq!(already_open, Some(Value::Null));
        let path = format!("/api/v1/actions/{}", action["id"].as_str().unwrap());
        assert_eq!(
            app.get(&path).await.expect(200),
            action,
            "the answer was what is shown"
        );

        mac.check_in(&app).await;
        let offered = app.get(&path).await.expect(200);
        assert_eq!(offered["state"], "offered");
        assert_eq!(offered["offered_at"], app.now_ms());

        mac.start(&app, &action["id"]).await.expect(200);
        mac.report(&app, &action["id"], mac.granted(app.clock.now()))
            .await
            .expect(200);
        let mut ended = app.get(&path).await.expect(200);
        assert_eq!(ended["plan"], action["plan"]);
        for field in ["id", "device_id", "plan"] {
            ended[field] = format!("[{field}]").into();
        }
        insta::assert_json_snapshot!(ended, @r#"
        {
          "action": {
            "administrator": "ada",
            "kind": "grant_secure_token",
            "promote_administrator": false,
            "target": "bob"
          },
          "bulk_run_id": null,
          "code": "granted",
          "code_title": "The account holds a Secure Token",
          "created_at": 1770000000000,
          "created_by": "api_token:administrator",
          "device_id": "[device_id]",
          "device_name": "Mac 1",
          "finished_at": 1770000000000,
          "heading": null,
          "held": false,
          "id": "[id]",
          "kind": "grant_secure_token",
          "not_after": 1770604800000,
          "not_before": null,
          "offered_at": 1770000000000,
          "outcome": {
            "code": "granted",
            "edge": {
              "at": 1770000000000,
              "granter": "ada",
              "granter_guid": "AAAAAAAA-0000-4000-8000-000000000501",
              "method": "sysadminctl_secure_token_on",
              "target": "bob",
              "target_guid": "AAAAAAAA-0000-4000-8000-000000000502"
            },
            "evidence": [
              {
                "at": 1770000000000,
                "by": "sysadminctl -secureTokenStatus",
                "saw": "ENABLED"
              }
            ],
            "finished_at": 1770000000000,
            "parts": [],
            "touched_the_mac": true
          },
          "plan": "[plan]",
          "started_at": 1770000000000,
          "state": "succeeded"
        }
        "#);
    }

    #[tokio::test]
    async fn nobody_is_shown_as_waiting_what_will_never_begin() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let action = app.grant(&mac).await;
        let path = format!("/api/v1/actions/{}", action["id"].as_str().unwrap());
        app.advance(Duration::from_hours(7 * 24));
        let expired = app.get(&path).await.expect(200);
        assert_eq!(
            (&expired["state"], &expired["code"]),
            (&"expired".into(), &"expired".into())
        );
    }

    #[tokio::test]
    async fn what_is_not_there_is_not_found() {
        let app = TestApp::start().await;
        for id in ["nonsense", "00000000-0000-4000-8000-000000000000"] {
            app.get(format!("/api/v1/actions/{id}"))
                .await
                .expect_problem(404, "not_found");
        }
    }
}
