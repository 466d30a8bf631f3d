//! `POST /agent/v1/actions/{id}/start`: an agent asks whether it may begin. After that, an action is neither called back
//! nor does it expire.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use store::action::Started as Outcome;
use trust::code::Code;
use wire::agent_api::Started;

use crate::app::SharedApp;
use crate::identity::CallingDevice;
use crate::input::PathOf;
use crate::problem::Problem;

/// Lets an agent begin, or says why not: the problem's code is that of the action's end.
pub(crate) async fn start_action(
    State(app): State<SharedApp>,
    CallingDevice(device): CallingDevice,
    PathOf(id): PathOf,
) -> Result<Json<Started>, Problem> {
    let id = id.parse().map_err(|_| Problem::not_found())?;
    let server_time = app.now();
    match store::action::start(&app.store, device.id, id, server_time).await? {
        Outcome::Now(action) => {
            tracing::info!(action = %id, device = %device.id, "action started");
            app.action_changed(action.changed());
            Ok(Json(Started { server_time }))
        }
        Outcome::Before => Ok(Json(Started { server_time })),
        Outcome::TooLate(action) => {
            // One that waits still and may not begin has run out of time, or its time has not come; agents ask again then.
            Err(match action.code {
                Some(code) => Problem::conflict(code),
                None if action.envelope.not_after > server_time => {
                    Problem::new(StatusCode::TOO_EARLY, Code::NotYet)
                }
                None => Problem::conflict(Code::Expired),
            })
        }
        Outcome::NotFound => Err(Problem::not_found()),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{FakeMac, TestApp, healthy_mac};

    #[tokio::test]
    async fn only_its_own_device_begins_an_action() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let other = app.enrolled(FakeMac::new(2, healthy_mac())).await;
        let action = app.grant(&mac).await;
        other
            .start(&app, &action["id"])
            .await
            .expect_problem(404, "not_found");
        mac.start(&app, &"nonsense".into())
            .await
            .expect_problem(404, "not_found");
        let started = mac.start(&app, &action["id"]).await.expect(200);
        assert_eq!(started["server_time"], app.now_ms());
    }

    #[tokio::test]
    async fn what_has_ended_is_refused_with_its_end() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let action = app.grant(&mac).await;
        let outcome = FakeMac::ended(
            trust::code::Code::CredentialStale,
            false,
            trust::time::Timestamp(1),
        );
        mac.report(&app, &action["id"], outcome).await.expect(200);
        let problem = mac
            .start(&app, &action["id"])
            .await
            .expect_problem(409, "credential_stale");
        assert_eq!(problem["server_time"], app.now_ms());
    }
}
