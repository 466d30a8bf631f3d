//! `POST /api/v1/devices/{id}/approve`: an administrator's word that a pending device is what it claims to be.

use axum::Json;
use axum::extract::State;
use store::device::{Approval, Approved, Device};
use trust::code::Code;

use super::view::DeviceSummary;
use crate::app::{App, SharedApp};
use crate::enrolment_records::reseal::reseal;
use crate::idempotency::IdempotencyKey;
use crate::identity::Caller;
use crate::input::PathOf;
use crate::problem::{Problem, ProblemView};

/// Approves a pending device. A device with its serial number or hardware UUID gives way to it.
#[utoipa::path(post, path = "/api/v1/devices/{id}/approve", tag = "devices", params(("id" = String, Path, description = "The device"), ("Idempotency-Key" = String, Header, description = "A fresh random value per request")), responses(
    (status = 200, description = "The approved device", body = DeviceSummary),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn approve_device(
    State(app): State<SharedApp>,
    caller: Caller,
    PathOf(id): PathOf,
    key: IdempotencyKey,
) -> Result<Json<DeviceSummary>, Problem> {
    let device = approve(&app, &caller, &id, &key).await?;
    let grace = crate::attention::grace(&app, device.organization_id).await?;
    Ok(Json(DeviceSummary::of(&device, &app, grace)))
}

/// Approves the device that an address names.
pub(crate) async fn approve(
    app: &App,
    caller: &Caller,
    id: &str,
    key: &IdempotencyKey,
) -> Result<Device, Problem> {
    let device_id = id.parse().map_err(|_| Problem::not_found())?;
    let approval = Approval {
        request: key.request(caller, "approve_device", &device_id, app.now()),
        device_id,
    };
    match store::device::approve(&app.store, &approval).await? {
        Approved::Device { device, ended } => {
            for changed in ended {
                app.action_changed(changed);
            }
            app.events.device(device.organization_id, device.id);
            app.bell.ring(device.id);
            // It is approved whatever comes of this; a job sees to what is left.
            let _ = reseal(app, device.id).await;
            Ok(*device)
        }
        Approved::NotFound => Err(Problem::not_found()),
        Approved::KeyReused => Err(Problem::conflict(Code::IdempotencyKeyReused)),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Call, FakeMac, TestApp, bulk_grant, grant_from_ada_to_bob, healthy_mac};

    #[tokio::test]
    async fn nothing_is_asked_of_a_pending_device_until_it_is_approved() {
        let app = TestApp::start().await;
        let before = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let mac = app.enrolled(before.reinstalled(9)).await;
        let path = format!("/api/v1/devices/{}", mac.id());
        assert_eq!(app.get(&path).await.expect(200)["pending"], true);
        for what in ["plan", "actions"] {
            let answer = app.post(format!("{path}/{what}"), &grant_from_ada_to_bob()).await;
            answer.expect_problem(409, "device_pending");
        }

        let call = Call::post(format!("{path}/approve")).bearer(&app.token);
        let approved = app.send(call.clone().key("approve-1")).await.expect(200);
        assert_eq!(approved["pending"], false);
        app.grant(&mac).await;
        assert_eq!(mac.check_in(&app).await.offers.len(), 1);
        let gone = app.get(format!("/api/v1/devices/{}", before.id())).await;
        gone.expect_problem(404, "not_found");

        app.send(call.clone().key("approve-1")).await.expect(200);
        app.send(call.clone().key("approve-2")).await.expect(200);
        app.send(call)
            .await
            .expect_problem(400, "idempotency_key_missing");
    }

    #[tokio::test]
    async fn what_a_replaced_agent_had_begun_ends_and_so_does_its_bulk_run() {
        let app = TestApp::start().await;
        let before = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let (run, _) = app.bulk_run(&bulk_grant()).await;
        app.advance_runs().await;
        let offer = before.check_in(&app).await.offers.remove(0);
        let id = serde_json::json!(offer.envelope.id);
        before.start(&app, &id).await.expect(200);
        let mac = app.enrolled(before.reinstalled(9)).await;
        let mut events = app.app.events.watch();
        let path = format!("/api/v1/devices/{}/approve", mac.id());
        app.post(path, &serde_json::Value::Null).await.expect(200);
        assert!(
            matches!(events.recv().await.unwrap().what, crate::events::What::Action(ended, _) if ended == offer.envelope.id),
            "those who watch are told"
        );
        let action = app
            .get(format!("/api/v1/actions/{}", offer.envelope.id))
            .await
            .expect(200);
        assert_eq!(
            (&action["state"], &action["code"]),
            (&"failed".into(), &"device_replaced".into())
        );
        app.advance_runs().await;
        let run = app.get(run).await.expect(200);
        assert!(run["finished_at"].is_i64(), "{run}");
        let late = before.report(&app, &id, before.granted(app.app.now())).await;
        assert!(late.status.is_client_error(), "the old agent is believed no more");
    }

    #[tokio::test]
    async fn what_is_not_there_cannot_be_approved() {
        let app = TestApp::start().await;
        for id in ["nonsense", "00000000-0000-4000-8000-000000000000"] {
            let call = Call::post(format!("/api/v1/devices/{id}/approve")).bearer(&app.token);
            app.send(call.key("approve-1"))
                .await
                .expect_problem(404, "not_found");
        }
    }
}
