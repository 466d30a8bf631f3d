//! `POST /agent/v1/actions/{id}/report`: an agent tells how an action ended. It may tell so again until it has heard that
//! it was understood.

use axum::Json;
use axum::extract::State;
use store::action::{NewReport, Reported};
use wire::agent_api::{Acknowledged, Report};

use super::body::AgentBody;
use super::observed::new_observation;
use crate::app::SharedApp;
use crate::identity::CallingDevice;
use crate::input::PathOf;
use crate::problem::Problem;

/// Takes a report.
pub(crate) async fn report_action(
    State(app): State<SharedApp>,
    CallingDevice(device): CallingDevice,
    PathOf(id): PathOf,
    AgentBody(told): AgentBody<Report>,
) -> Result<Json<Acknowledged>, Problem> {
    let action_id = id.parse().map_err(|_| Problem::not_found())?;
    let observation = match &told.observation {
        Some(observation) => new_observation(&app, &device, observation).await?,
        None => None,
    };
    let new = NewReport {
        device_id: device.id,
        action_id,
        outcome: &told.outcome,
        observation,
        at: app.now(),
    };
    let code = told.outcome.code;
    match store::action::report(&app.store, &new).await? {
        Reported::Ended(action) => {
            tracing::info!(action = %action_id, device = %device.id, %code, "action ended");
            app.action_changed(action.changed());
        }
        Reported::Before => {}
        Reported::EndedOtherwise(action) => {
            let state = action.state.word();
            tracing::warn!(action = %action_id, device = %device.id, %code, state, "report came too late");
        }
        Reported::NotFound => return Err(Problem::not_found()),
    }
    if new.observation.is_some() {
        app.events.device(device.organization_id, device.id);
    }
    Ok(Json(Acknowledged {
        server_time: app.now(),
    }))
}

#[cfg(test)]
mod tests {
    use trust::code::Code;
    use trust::observation::TokenLabel;

    use crate::clock::Clock as _;
    use crate::testing::{FakeMac, TestApp, account, healthy_mac, mac_with};

    #[tokio::test]
    async fn an_end_without_touching_the_mac_is_a_refusal() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let ends = [
            (Code::AdministratorWrongPassword, false, "refused"),
            (Code::TargetWrongPassword, false, "refused"),
            (Code::GrantNotConfirmed, true, "failed"),
            (Code::AlreadyGranted, false, "succeeded"),
        ];
        for (code, touched_the_mac, state) in ends {
            let action = app.grant(&mac).await;
            mac.start(&app, &action["id"]).await.expect(200);
            let outcome = FakeMac::ended(code, touched_the_mac, app.clock.now());
            mac.report(&app, &action["id"], outcome).await.expect(200);
            let path = format!("/api/v1/actions/{}", action["id"].as_str().unwrap());
            let shown = app.get(path).await.expect(200);
            assert_eq!(
                (&shown["state"], &shown["code"]),
                (&state.into(), &code.word().into())
            );
            assert_eq!(shown["code_title"], code.entry().title);
            assert_eq!(shown["heading"], serde_json::json!(code.entry().heading));
        }
    }

    #[tokio::test]
    async fn a_report_that_comes_too_late_is_acknowledged_and_changes_nothing() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let action = app.grant(&mac).await;
        let failed = FakeMac::ended(Code::ToolFailed, true, app.clock.now());
        mac.report(&app, &action["id"], failed).await.expect(200);
        let late = mac
            .report(&app, &action["id"], mac.granted(app.clock.now()))
            .await
            .expect(200);
        assert_eq!(late["server_time"], app.now_ms());
        let path = format!("/api/v1/actions/{}", action["id"].as_str().unwrap());
        assert_eq!(app.get(path).await.expect(200)["state"], "failed");
        let chain = app
            .get(format!("/api/v1/devices/{}/chain", mac.id()))
            .await
            .expect(200);
        assert_eq!(chain["edges"], serde_json::json!([]));
    }

    #[tokio::test]
    async fn the_mac_is_shown_as_it_is_after_the_action() {
        let app = TestApp::start().await;
        let mut mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let action = app.grant(&mac).await;
        mac.start(&app, &action["id"]).await.expect(200);
        let outcome = mac.granted(app.clock.now());
        mac.observation = mac_with(vec![
            account("ada", 501, true, TokenLabel::Enabled),
            account("bob", 502, false, TokenLabel::Enabled),
        ]);
        mac.report(&app, &action["id"], outcome).await.expect(200);
        let path = format!("/api/v1/devices/{}/accounts", mac.id());
        let accounts = app.get(path).await.expect(200);
        assert_eq!(accounts["items"][1]["holds"], true);
    }

    #[tokio::test]
    async fn only_its_own_device_reports_an_action() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let other = app.enrolled(FakeMac::new(2, healthy_mac())).await;
        let action = app.grant(&mac).await;
        let claim = other.granted(app.clock.now());
        other
            .report(&app, &action["id"], claim)
            .await
            .expect_problem(404, "not_found");
        let path = format!("/api/v1/actions/{}", action["id"].as_str().unwrap());
        assert_eq!(app.get(path).await.expect(200)["state"], "queued");
    }
}
