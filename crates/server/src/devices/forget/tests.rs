//! A device is forgotten by a person who types its name.

use serde_json::{Value, json};

use crate::testing::{Call, FakeMac, TestApp, bulk_grant, healthy_mac};

fn path(mac: &FakeMac) -> String {
    format!("/api/v1/devices/{}/forget", mac.id())
}

fn confirmed(name: &str) -> Value {
    json!({ "confirm_device_name": name, "reason": "sold" })
}

#[tokio::test]
async fn only_the_typed_name_and_a_reason_forget_a_device() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let body = json!({ "confirm_device_name": "Mac 1" });
    app.post(path(&mac), &body).await.expect_invalid(400, "reason");
    for wrong in ["mac 1", "Mac 2", "", &mac.id().to_string()] {
        app.post(path(&mac), &confirmed(wrong))
            .await
            .expect_problem(422, "device_not_confirmed");
    }
    app.get(format!("/api/v1/devices/{}", mac.id())).await.expect(200);
    let call = Call::post(path(&mac))
        .bearer(&app.token)
        .json(&confirmed("Mac 1"));
    for _ in 0..2 {
        assert_eq!(app.send(call.clone().key("forget-1")).await.status, 204);
    }
    app.get(format!("/api/v1/devices/{}", mac.id()))
        .await
        .expect_problem(404, "not_found");
    let listed = app.get("/api/v1/devices").await.expect(200);
    assert_eq!(listed["items"], json!([]));
    let audit = app.get("/api/v1/audit").await.expect(200);
    let entries = audit["items"].as_array().unwrap();
    let told = entries
        .iter()
        .find(|entry| entry["verb"] == "device.forgotten")
        .unwrap();
    assert_eq!(
        (&told["subject"], &told["reason"]),
        (&"SERIAL1".into(), &"sold".into())
    );
}

#[tokio::test]
async fn the_agent_of_a_forgotten_device_is_known_no_more_and_what_was_asked_has_ended() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let action = app.grant(&mac).await;
    mac.start(&app, &action["id"]).await.expect(200);
    assert_eq!(app.post(path(&mac), &confirmed("Mac 1")).await.status, 204);
    let late = mac.report(&app, &action["id"], mac.granted(app.app.now())).await;
    late.expect_problem(401, "device_token_invalid");
}

#[tokio::test]
async fn a_device_of_a_run_that_goes_on_is_not_forgotten() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    app.bulk_run(&bulk_grant()).await;
    app.advance_runs().await;
    app.post(path(&mac), &confirmed("Mac 1"))
        .await
        .expect_problem(409, "device_in_bulk_run");
}
