use std::time::Duration;

use serde_json::{Value, json};
use trust::action::SecretRole;
use trust::observation::TokenLabel;
use wire::agent_api::Offer;

use crate::testing::{Answer, Call, FakeMac, Person, TestApp, account, healthy_mac, mac_with};

/// `%username%` is to get a token from the administrator `admin-SERIAL1`.
fn grant_by_wildcards() -> Value {
    json!({
        "kind": "grant_secure_token",
        "administrator": { "username": "admin-%serialnumber%", "password_from": "%room%-%SerialNumber%-50%%" },
        "target": { "username": "%username%", "password_from": "%password%" },
    })
}

fn create_by_wildcards() -> Value {
    json!({
        "kind": "create_account",
        "target": { "username": "%email%", "full_name": "%fullname% (%devicename%)", "password_from": "%pin%" },
    })
}

/// A Mac of `bob`, who is `robert` to the organisation, with an administrator whose name is made from its number.
fn mac() -> FakeMac {
    let accounts = vec![
        account("admin-SERIAL1", 501, true, TokenLabel::Enabled),
        account("bob", 502, false, TokenLabel::Disabled),
    ];
    FakeMac::new(1, mac_with(accounts))
}

fn robert() -> Person {
    let mut robert = Person::new("serial1", "robert")
        .with("room", "Ö3")
        .with_secret("password", "robert's password")
        .with_secret("pin", "314159");
    robert.record.account = Some("bob".parse().unwrap());
    robert
}

fn offer_of<'o>(offers: &'o [Offer], action: &Value) -> &'o Offer {
    let is_its = |offer: &&Offer| action["id"] == offer.envelope.id.to_string();
    offers.iter().find(is_its).unwrap()
}

async fn order(app: &TestApp, mac: &FakeMac, body: &Value) -> Answer {
    app.post(format!("/api/v1/devices/{}/actions", mac.id()), body)
        .await
}

async fn plan(app: &TestApp, mac: &FakeMac, body: &Value) -> Answer {
    app.post(format!("/api/v1/devices/{}/plan", mac.id()), body).await
}

#[tokio::test]
async fn every_field_takes_its_value_from_the_mac_and_its_person() {
    let app = TestApp::start().await;
    let mac = app.enrolled(mac()).await;
    app.bind(&robert()).await;
    let action = order(&app, &mac, &grant_by_wildcards()).await.expect(202);
    assert_eq!(action["action"]["administrator"], "admin-SERIAL1");
    assert_eq!(action["action"]["target"], "bob", "the account that is bound");
    let offer = &mac.check_in(&app).await.offers[0];
    assert_eq!(mac.open(offer, SecretRole::Administrator), "Ö3-SERIAL1-50%");
    assert_eq!(mac.open(offer, SecretRole::Target), "robert's password");
    let collected = &offer.envelope.collected;
    assert_eq!(collected.keys().collect::<Vec<_>>(), [&SecretRole::Target]);
    assert_eq!(collected[&SecretRole::Target].attribute.as_str(), "password");

    let created = order(&app, &mac, &create_by_wildcards()).await.expect(202);
    assert_eq!(created["action"]["target"], "robert@example.org");
    assert_eq!(created["action"]["full_name"], "Full robert (Mac 1)");
    let offers = mac.check_in(&app).await.offers;
    assert_eq!(
        mac.open(offer_of(&offers, &created), SecretRole::Target),
        "314159"
    );
}

#[tokio::test]
async fn a_plan_tells_what_would_be_asked_of_this_mac() {
    let app = TestApp::start().await;
    let mac = app.enrolled(mac()).await;
    app.bind(&robert()).await;
    let planned = plan(&app, &mac, &grant_by_wildcards()).await.expect(200);
    assert!(planned["refusal"].is_null());
    assert_eq!(planned["action"]["target"], "bob");
    assert_eq!(planned["collected"]["target"]["attribute"], "password");
    assert_eq!(planned["collected"]["target"]["collected_at"], app.now_ms());
    assert!(planned["collected"]["administrator"].is_null());
    assert!(mac.check_in(&app).await.offers.is_empty());

    let mut agreed = grant_by_wildcards();
    agreed["plan_id"] = planned["plan_id"].clone();
    app.advance(Duration::from_secs(1));
    app.bind(&robert()).await;
    order(&app, &mac, &agreed)
        .await
        .expect_problem(409, "plan_changed");
    let planned = plan(&app, &mac, &agreed).await.expect(200);
    agreed["plan_id"] = planned["plan_id"].clone();
    order(&app, &mac, &agreed).await.expect(202);
}

#[tokio::test]
async fn a_wildcard_without_a_value_names_itself_and_nothing_is_sent() {
    let app = TestApp::start().await;
    let mac = app.enrolled(mac()).await;
    let refused = async |body: &Value, field: &str, wildcard: Value| {
        for answer in [order(&app, &mac, body).await, plan(&app, &mac, body).await] {
            let problem = answer.expect_problem(422, "unresolved_wildcard");
            assert_eq!(
                (&problem["field"], &problem["wildcard"]),
                (&json!(field), &wildcard)
            );
            assert_eq!(problem["device"], "Mac 1");
        }
        assert!(mac.check_in(&app).await.offers.is_empty());
    };
    refused(&grant_by_wildcards(), "target.username", json!("%username%")).await;
    let mut literal = grant_by_wildcards();
    literal["target"]["username"] = json!("bob");
    literal["administrator"] = json!({ "username": "admin-SERIAL1", "password": "typed %room%" });
    refused(&literal, "target.password_from", json!("%password%")).await;
    app.bind(&Person::new("SERIAL1", "bob")).await;
    refused(&grant_by_wildcards(), "administrator.password_from", Value::Null).await;
    app.bind(
        &Person::new("SERIAL2", "eve")
            .with("room", "9")
            .with_secret("password", "x"),
    )
    .await;
    refused(
        &grant_by_wildcards(),
        "administrator.password_from",
        json!("%room%"),
    )
    .await;
    literal["target"]["username"] = json!("a%fullname%/%devicename%");
    refused(&literal, "target.username", json!("%fullname%")).await;
}

#[tokio::test]
async fn a_secret_stands_alone_in_a_password_field() {
    let app = TestApp::start().await;
    let mac = app.enrolled(mac()).await;
    app.bind(&robert()).await;
    for (pointer, field, text) in [
        ("/target/username", "target.username", "%password%"),
        ("/administrator/username", "administrator.username", "x%pin%"),
        ("/target/password_from", "target.password_from", "%password%!"),
        (
            "/administrator/password_from",
            "administrator.password_from",
            "%pin%%room%",
        ),
    ] {
        let mut body = grant_by_wildcards();
        *body.pointer_mut(pointer).unwrap() = json!(text);
        order(&app, &mac, &body).await.expect_invalid(400, field);
    }
    assert!(mac.check_in(&app).await.offers.is_empty());
}

#[tokio::test]
async fn a_typed_password_is_what_was_typed() {
    let app = TestApp::start().await;
    let mac = app.enrolled(mac()).await;
    app.bind(&robert()).await;
    for typed in [
        "100%",
        "%%",
        "a%b c%",
        "%%room%%",
        "%room%",
        "%password%",
        "a%hunter2%b",
    ] {
        let mut body = grant_by_wildcards();
        body["target"] = json!({ "username": "bob", "password": typed });
        let action = order(&app, &mac, &body).await.expect(202);
        let offers = mac.check_in(&app).await.offers;
        let offer = offer_of(&offers, &action);
        assert_eq!(mac.open(offer, SecretRole::Target), typed);
        assert!(offer.envelope.collected.is_empty());
    }
}

#[tokio::test]
async fn what_stands_for_a_password_holds_a_wildcard_and_no_password_stands_beside_it() {
    let app = TestApp::start().await;
    let mac = app.enrolled(mac()).await;
    app.bind(&robert()).await;
    for (target, field) in [
        (
            json!({ "username": "bob", "password_from": "hunter2" }),
            "target.password_from",
        ),
        (
            json!({ "username": "bob", "password_from": "50%" }),
            "target.password_from",
        ),
        (
            json!({ "username": "bob", "password_from": ["%pin%"] }),
            "target.password_from",
        ),
        (
            json!({ "username": "bob", "password": "x", "password_from": "%pin%" }),
            "target.password_from",
        ),
        (json!({ "username": "bob" }), "target.password"),
    ] {
        let mut body = grant_by_wildcards();
        body["target"] = target;
        let answer = order(&app, &mac, &body).await;
        answer.expect_invalid(400, field);
        assert!(!answer.text.contains("hunter2"), "{}", answer.text);
    }
    let mut body = grant_by_wildcards();
    body["target"]["password_from"] = json!("a%hunter2%b");
    let answer = order(&app, &mac, &body).await;
    answer.expect_problem(422, "unresolved_wildcard");
    assert!(
        !answer.text.contains("hunter2"),
        "it was a password in the wrong field: {}",
        answer.text
    );
}

#[tokio::test]
async fn what_was_collected_before_the_mac_enrolled_works_after_it() {
    let app = TestApp::start().await;
    app.bind(&robert()).await;
    app.advance(Duration::from_hours(24));
    let mac = app.enrolled(mac()).await;
    order(&app, &mac, &grant_by_wildcards()).await.expect(202);
    let offer = &mac.check_in(&app).await.offers[0];
    assert_eq!(mac.open(offer, SecretRole::Target), "robert's password");
}

#[tokio::test]
async fn what_waited_too_long_is_destroyed() {
    let app = TestApp::start().await;
    app.bind(&robert()).await;
    app.advance(app.app.settings.secrets_wait_for);
    crate::jobs::tidy(&app.app).await.unwrap();
    let mac = app.enrolled(mac()).await;
    let problem = order(&app, &mac, &grant_by_wildcards()).await;
    let problem = problem.expect_problem(422, "unresolved_wildcard");
    assert_eq!(problem["wildcard"], "%password%");
}

#[tokio::test]
async fn a_pending_mac_gets_what_waits_for_it_only_when_it_is_approved() {
    let app = TestApp::start().await;
    let before = app.enrolled(mac()).await;
    app.bind(&robert()).await;
    let after = app.enrolled(before.reinstalled(9)).await;
    order(&app, &after, &grant_by_wildcards())
        .await
        .expect_problem(409, "device_pending");
    order(&app, &before, &grant_by_wildcards()).await.expect(202);

    let approve = Call::post(format!("/api/v1/devices/{}/approve", after.id()));
    app.send(approve.bearer(&app.token).key("approve-1"))
        .await
        .expect(200);
    let problem = order(&app, &after, &grant_by_wildcards()).await;
    let problem = problem.expect_problem(409, "credential_stale");
    assert_eq!(
        problem["wildcard"], "%password%",
        "it was sealed to the key that is gone"
    );
    app.bind(&robert()).await;
    order(&app, &after, &grant_by_wildcards()).await.expect(202);
    let offer = &after.check_in(&app).await.offers[0];
    assert_eq!(after.open(offer, SecretRole::Target), "robert's password");
}

#[tokio::test]
async fn with_a_new_key_what_was_collected_is_stale() {
    let app = TestApp::start().await;
    let before = app.enrolled(mac()).await;
    app.bind(&robert()).await;
    let mut after = before.reinstalled(9);
    after.enroll_again(&app, Some(&before)).await;
    after.check_in(&app).await;
    let problem = order(&app, &after, &grant_by_wildcards()).await;
    problem.expect_problem(409, "credential_stale");
    assert!(after.check_in(&app).await.offers.is_empty());
}

#[tokio::test]
async fn the_same_request_again_is_the_same_action_although_the_person_changed() {
    let app = TestApp::start().await;
    let mac = app.enrolled(mac()).await;
    app.bind(&robert()).await;
    let path = format!("/api/v1/devices/{}/actions", mac.id());
    let call = Call::post(path)
        .bearer(&app.token)
        .key("same-key-1")
        .json(&grant_by_wildcards());
    let first = app.send(call.clone()).await.expect(202);
    app.advance(Duration::from_secs(1));
    app.bind(&Person::new("SERIAL1", "eve")).await;
    assert_eq!(app.send(call).await.expect(202), first);
}

#[tokio::test]
async fn a_sealed_secret_goes_with_names_that_hold_no_wildcards() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    app.bind(&robert()).await;
    let sealed = json!({ "encapsulated_key": "A".repeat(43), "ciphertext": "A".repeat(363) });
    let body = json!({
        "kind": "grant_secure_token",
        "id": "00000000-0000-4000-8000-000000000001",
        "not_after": app.now_ms() + 1_000,
        "administrator": { "username": "ada", "sealed": sealed },
        "target": { "username": "%username%", "password": "x" },
    });
    order(&app, &mac, &body)
        .await
        .expect_invalid(400, "target.username");
}
