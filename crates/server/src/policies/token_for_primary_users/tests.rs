//! The policy, from turning it on to a Mac that keeps it.

use axum::http::Method;
use serde_json::{Value, json};
use trust::observation::TokenLabel;

use crate::devices::diagnose_anew::diagnose_anew;
use crate::testing::{
    Call, FakeMac, Person, TestApp, account, healthy_mac, mac_with, mac_without_holders, old_mac,
};

const PATH: &str = "/api/v1/policies/token-for-primary-users";

async fn set(app: &TestApp, enabled: bool) -> Value {
    let call = Call::new(Method::PUT, PATH)
        .bearer(&app.token)
        .key(&app.fresh_key());
    app.send(call.json(&json!({ "enabled": enabled, "reason": "rollout" })))
        .await
        .expect(200)
}

async fn listed(app: &TestApp) -> Vec<Value> {
    app.get(format!("{PATH}/devices")).await.expect(200)["items"]
        .as_array()
        .unwrap()
        .clone()
}

async fn names(app: &TestApp) -> Vec<String> {
    listed(app)
        .await
        .iter()
        .map(|item| item["device_name"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn it_is_off_by_default_and_lists_primary_users_without_a_token_when_it_is_on() {
    let app = TestApp::start().await;
    for number in 1..=4 {
        app.enrolled(FakeMac::new(number, healthy_mac())).await;
    }
    for (serial_number, username) in [("SERIAL1", "bob"), ("SERIAL2", "ada"), ("SERIAL3", "zoe")] {
        app.bind(&Person::new(serial_number, username)).await;
    }
    let off = app.get(PATH).await.expect(200);
    assert_eq!(
        (&off["enabled"], &off["changed_at"]),
        (&json!(false), &Value::Null)
    );
    assert!(listed(&app).await.is_empty());

    let on = set(&app, true).await;
    assert_eq!((&on["enabled"], &on["without_token"]), (&json!(true), &json!(2)));
    assert_eq!(on["refreshing"], false);
    let items = listed(&app).await;
    let bob = &items[0];
    assert_eq!(
        (&bob["device_name"], &bob["person"]),
        (&json!("Mac 1"), &json!("Full bob"))
    );
    assert_eq!(
        (&bob["account"], &bob["token"]),
        (&json!("bob"), &json!("absent"))
    );
    assert_eq!(
        (&bob["readiness"], &bob["code"]),
        (&json!("needs_credential"), &Value::Null)
    );
    assert_eq!(bob["action"]["administrator"], "ada");
    let zoe = &items[1];
    assert_eq!((&zoe["account"], &zoe["token"]), (&json!("zoe"), &Value::Null));
    assert!(zoe["evidence"].as_str().unwrap().contains("does not exist"));
    assert_eq!(zoe["action"]["kind"], "create_account");
    assert_eq!(zoe["readiness"], "needs_credential");
    let found = app
        .get("/api/v1/devices?finding=primary_user_without_token")
        .await
        .expect(200);
    assert_eq!(found["items"].as_array().unwrap().len(), 2);

    set(&app, false).await;
    assert!(listed(&app).await.is_empty());
    assert_eq!(app.get(PATH).await.expect(200)["without_token"], 0);
    let audit = app.get("/api/v1/audit").await.expect(200);
    let changed = audit["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["verb"] == "policy.changed");
    let told: Vec<_> = changed
        .map(|entry| (entry["detail"].clone(), entry["reason"].clone()))
        .collect();
    assert_eq!(
        told,
        [(json!("off"), json!("rollout")), (json!("on"), json!("rollout"))]
    );
}

#[tokio::test]
async fn it_follows_the_mac_and_its_enrolment_data() {
    let app = TestApp::start().await;
    set(&app, true).await;
    app.bind(&Person::new("SERIAL1", "bob")).await;
    let mut mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    assert_eq!(names(&app).await, ["Mac 1"]);
    let findings = app
        .get(format!("/api/v1/devices/{}/findings", mac.id()))
        .await
        .expect(200);
    let codes: Vec<&Value> = findings["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| &item["code"])
        .collect();
    assert!(codes.contains(&&json!("primary_user_without_token")), "{codes:?}");

    mac.observation = mac_with(vec![
        account("ada", 501, true, TokenLabel::Enabled),
        account("bob", 502, false, TokenLabel::Enabled),
        account("eve", 503, false, TokenLabel::Disabled),
    ]);
    mac.check_in(&app).await;
    assert!(names(&app).await.is_empty());

    let path = "/api/v1/enrolment-records/SERIAL1";
    let put = |body: Value| {
        Call::new(Method::PUT, path)
            .bearer(&app.token)
            .key(&app.fresh_key())
            .json(&body)
    };
    app.send(put(json!({ "username": "bob", "account": "eve" })))
        .await
        .expect(200);
    assert_eq!(names(&app).await, ["Mac 1"]);
    app.send(put(json!({ "username": "bob" }))).await.expect(200);
    assert!(names(&app).await.is_empty());
    app.send(put(json!({ "username": "eve" }))).await.expect(200);
    let forget = Call::new(Method::DELETE, path)
        .bearer(&app.token)
        .key(&app.fresh_key());
    assert_eq!(app.send(forget).await.status, 204);
    assert!(names(&app).await.is_empty());
}

#[tokio::test]
async fn where_nobody_can_grant_a_person_is_needed_and_where_there_are_no_tokens_nothing_is_said() {
    let app = TestApp::start().await;
    set(&app, true).await;
    for (number, observation) in [(1, mac_without_holders()), (2, old_mac())] {
        app.bind(&Person::new(&format!("SERIAL{number}"), "bob")).await;
        app.enrolled(FakeMac::new(number, observation)).await;
    }
    let items = listed(&app).await;
    assert_eq!(items.len(), 1, "{items:?}");
    assert_eq!(
        (&items[0]["readiness"], &items[0]["code"]),
        (&json!("needs_person"), &json!("chain_broken"))
    );
    assert!(items[0]["action"].is_null());
}

#[tokio::test]
async fn a_fleet_is_looked_at_a_few_at_a_time() {
    let app = TestApp::start().await;
    for number in 1..=250 {
        app.bind(&Person::new(&format!("SERIAL{number}"), "bob")).await;
        app.enrolled(FakeMac::new(number, healthy_mac())).await;
    }
    diagnose_anew(&app.app).await.unwrap();
    diagnose_anew(&app.app).await.unwrap();
    let begun = set(&app, true).await;
    assert_eq!(
        (&begun["refreshing"], &begun["without_token"]),
        (&json!(true), &json!(200))
    );
    diagnose_anew(&app.app).await.unwrap();
    let done = app.get(PATH).await.expect(200);
    assert_eq!(
        (&done["refreshing"], &done["without_token"]),
        (&json!(false), &json!(250))
    );
    let page = app.get(format!("{PATH}/devices?limit=100")).await.expect(200);
    assert_eq!(page["items"].as_array().unwrap().len(), 100);
    assert!(page["next_cursor"].is_string());
}

#[tokio::test]
async fn what_is_no_setting_is_refused() {
    let app = TestApp::start().await;
    let put = |body: Value| {
        Call::new(Method::PUT, PATH)
            .bearer(&app.token)
            .key("policy-key")
            .json(&body)
    };
    app.send(put(json!({}))).await.expect_invalid(400, "enabled");
    app.send(put(json!({ "enabled": "yes" })))
        .await
        .expect_invalid(400, "enabled");
    app.send(put(json!({ "enabled": true }))).await.expect(200);
    app.send(put(json!({ "enabled": true }))).await.expect(200);
    app.send(put(json!({ "enabled": false })))
        .await
        .expect_problem(409, "idempotency_key_reused");
}
