//! What the policy changes, and what is told of it.

use axum::http::Method;
use serde_json::{Value, json};

use crate::testing::{Call, FakeMac, TestApp, only_standard_holder};

const PATH: &str = "/api/v1/policies/promote-administrators";

fn put(app: &TestApp, key: &str, body: &Value) -> Call {
    Call::new(Method::PUT, PATH)
        .bearer(&app.token)
        .key(key)
        .json(body)
}

#[tokio::test]
async fn it_is_off_until_it_is_turned_on_and_can_be_turned_off() {
    let app = TestApp::start().await;
    let first = app.get(PATH).await.expect(200);
    assert_eq!(first["enabled"], false);
    assert_eq!(first["changed_at"], Value::Null);

    let on = put(
        &app,
        "policy-1",
        &json!({ "enabled": true, "reason": "standard owners" }),
    );
    assert_eq!(app.send(on.clone()).await.expect(200)["enabled"], true);
    app.send(on).await.expect(200);
    let again = put(&app, "policy-2", &json!({ "enabled": true }));
    app.send(again).await.expect(200);
    let off = put(&app, "policy-3", &json!({ "enabled": false }));
    assert_eq!(app.send(off).await.expect(200)["enabled"], false);

    let audit = app.get("/api/v1/audit").await.expect(200);
    let told: Vec<(&Value, &Value)> = audit["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["subject"] == "promote_administrators")
        .map(|entry| (&entry["detail"], &entry["reason"]))
        .collect();
    assert_eq!(told.len(), 2, "what is so already is not told again: {told:?}");
    assert_eq!(told[1].1, "standard owners");
}

#[tokio::test]
async fn a_standard_holder_grants_while_the_organisation_lets_it() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, only_standard_holder())).await;
    let plan = format!("/api/v1/devices/{}/plan", mac.id());
    let order = json!({
        "kind": "grant_secure_token",
        "administrator": { "username": "carol" },
        "target": { "username": "bob" },
    });
    let without = app.post(&plan, &order).await.expect(200);
    assert_eq!(without["refusal"], "administrator_not_admin");

    let on = put(&app, "policy-1", &json!({ "enabled": true }));
    app.send(on).await.expect(200);
    let with = app.post(&plan, &order).await.expect(200);
    assert_eq!(with["refusal"], Value::Null);
    assert_eq!(with["action"]["promote_administrator"], true);
    let rows = with["plan"]["rows"].as_array().unwrap();
    assert!(rows.iter().any(|row| row["check"] == "promotion"), "{rows:?}");
}

#[tokio::test]
async fn what_is_no_answer_is_told() {
    let app = TestApp::start().await;
    let call = put(&app, "policy-2", &json!({ "enabled": "yes" }));
    app.send(call).await.expect_problem(400, "invalid_request");
}
