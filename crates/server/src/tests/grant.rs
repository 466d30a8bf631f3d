//! A grant from the plan to the trust edge, through both APIs.

use trust::action::SecretRole;

use crate::clock::Clock as _;
use crate::testing::{FakeMac, TestApp, healthy_mac};

#[tokio::test]
async fn a_grant_goes_from_plan_to_trust_edge() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;

    let body = crate::testing::grant_from_ada_to_bob();
    let planned = app
        .post(format!("/api/v1/devices/{}/plan", mac.id()), &body)
        .await
        .expect(200);
    assert_eq!(planned["refusal"], serde_json::Value::Null);

    let accepted = app.grant(&mac).await;
    assert_eq!(accepted["state"], "queued");

    let offers = mac.check_in(&app).await.offers;
    assert_eq!(offers.len(), 1);
    assert_eq!(offers[0].envelope.id.to_string(), accepted["id"]);
    assert_eq!(mac.open(&offers[0], SecretRole::Administrator), "ada's password");
    assert_eq!(mac.open(&offers[0], SecretRole::Target), "bob's password");

    let id = &accepted["id"];
    mac.start(&app, id).await.expect(200);
    mac.start(&app, id).await.expect(200);
    let running = app.get(format!("/api/v1/actions/{}", id.as_str().unwrap())).await;
    assert_eq!(running.expect(200)["state"], "running");

    let outcome = mac.granted(app.clock.now());
    mac.report(&app, id, outcome.clone()).await.expect(200);
    mac.report(&app, id, outcome).await.expect(200);

    let done = app
        .get(format!("/api/v1/actions/{}", id.as_str().unwrap()))
        .await
        .expect(200);
    assert_eq!(done["state"], "succeeded");
    assert_eq!(done["code"], "granted");
    let chain = app
        .get(format!("/api/v1/devices/{}/chain", mac.id()))
        .await
        .expect(200);
    assert_eq!(chain["edges"].as_array().unwrap().len(), 1, "{chain}");
    assert_eq!(chain["edges"][0]["granter"], "ada");
    assert_eq!(chain["edges"][0]["target"], "bob");
    assert_eq!(chain["edges"][0]["action_id"], *id);

    let audit = app.get("/api/v1/audit").await.expect(200);
    let verbs: Vec<&str> = audit["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["verb"].as_str().unwrap())
        .collect();
    assert_eq!(
        verbs,
        [
            "action.succeeded",
            "action.started",
            "action.accepted",
            "device.enrolled",
            "enrolment_secret.created",
            "api_token.created",
        ]
    );
}
