//! Orders that give an account another password, through the API.

use serde_json::{Value, json};
use trust::action::SecretRole;
use trust::code::Code;
use trust::observation::TokenLabel;

use crate::clock::Clock as _;
use crate::testing::{Answer, FakeMac, TestApp, account, healthy_mac, mac_with};

fn change() -> Value {
    json!({
        "kind": "change_password",
        "target": { "username": "bob", "password": "planted-old" },
        "new_password": { "password": "planted-new" },
    })
}

fn reset() -> Value {
    json!({
        "kind": "reset_password",
        "administrator": { "username": "ada", "password": "planted-ada" },
        "target": { "username": "bob" },
        "new_password": { "password": "planted-new" },
    })
}

async fn ask(app: &TestApp, mac: &FakeMac, what: &str, body: &Value) -> Answer {
    app.post(format!("/api/v1/devices/{}/{what}", mac.id()), body)
        .await
}

#[tokio::test]
async fn each_password_reaches_the_mac_sealed_in_its_role_and_nothing_else_tells_it() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    for (body, authority, secret, code) in [
        (change(), SecretRole::Target, "planted-old", Code::PasswordChanged),
        (
            reset(),
            SecretRole::Administrator,
            "planted-ada",
            Code::PasswordReset,
        ),
    ] {
        let planned = ask(&app, &mac, "plan", &body).await.expect(200);
        assert!(planned["refusal"].is_null(), "{planned}");
        let accepted = ask(&app, &mac, "actions", &body).await;
        assert!(!accepted.text.contains("planted"), "{}", accepted.text);
        let accepted = accepted.expect(202);
        let offers = mac.check_in(&app).await.offers;
        assert_eq!(offers[0].secrets.len(), 2);
        assert_eq!(mac.open(&offers[0], authority), secret);
        assert_eq!(mac.open(&offers[0], SecretRole::NewPassword), "planted-new");
        mac.start(&app, &accepted["id"]).await.expect(200);
        let ended = FakeMac::ended(code, true, app.clock.now());
        mac.report(&app, &accepted["id"], ended).await.expect(200);
        let path = format!("/api/v1/actions/{}", accepted["id"].as_str().unwrap());
        let action = app.get(path).await.expect(200);
        assert_eq!(
            (&action["state"], &action["code"]),
            (&json!("succeeded"), &json!(code.word()))
        );
    }
    let audit = app.get("/api/v1/audit").await;
    assert!(!audit.text.contains("planted"), "{}", audit.text);
}

#[tokio::test]
async fn what_is_missing_or_too_much_is_named() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    for (body, path) in [
        (change(), "/target/password"),
        (reset(), "/administrator/password"),
    ] {
        let (object, field) = path.rsplit_once('/').unwrap();
        let mut without = body.clone();
        without
            .pointer_mut(object)
            .unwrap()
            .as_object_mut()
            .unwrap()
            .remove(field);
        let named = format!("{}.{field}", &object[1..]);
        ask(&app, &mac, "actions", &without)
            .await
            .expect_invalid(400, &named);
        let mut without = body.clone();
        without.as_object_mut().unwrap().remove("new_password");
        ask(&app, &mac, "actions", &without)
            .await
            .expect_invalid(400, "new_password");
        // Who only plans need not tell any.
        without
            .pointer_mut(object)
            .unwrap()
            .as_object_mut()
            .unwrap()
            .remove(field);
        ask(&app, &mac, "plan", &without).await.expect(200);
    }
    let mut known = reset();
    known["target"]["password"] = json!("planted-old");
    ask(&app, &mac, "actions", &known)
        .await
        .expect_invalid(400, "target");
    let mut oneself = reset();
    oneself["target"]["username"] = json!("ada");
    ask(&app, &mac, "actions", &oneself)
        .await
        .expect_problem(422, "change_password_instead");
}

#[tokio::test]
async fn what_if_counts_a_reset_that_could_take_the_last_token() {
    let app = TestApp::start().await;
    app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let two = mac_with(vec![
        account("ada", 501, true, TokenLabel::Enabled),
        account("bob", 502, true, TokenLabel::Enabled),
    ]);
    app.enrolled(FakeMac::new(2, two)).await;
    let question = json!({
        "selector": { "all": true },
        "action": {
            "kind": "reset_password",
            "administrator": { "username": "bob" },
            "target": { "username": "ada" },
        },
    });
    let answer = app.post("/api/v1/what-if", &question).await.expect(200);
    assert_eq!(
        answer["counts"]["losses"][0]["sentence"],
        "1 of 2 Macs would lose its last holder"
    );
}

#[tokio::test]
async fn wildcards_stand_for_passwords_on_many_macs() {
    let app = TestApp::start().await;
    app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let mut order = reset();
    order["new_password"] = json!({ "password_from": "%pin%" });
    let body = json!({ "selector": { "all": true }, "action": order });
    let planned = app.post("/api/v1/bulk-actions/plan", &body).await.expect(200);
    assert_eq!(planned["counts"]["ready"], 0, "{planned}");
    assert!(
        planned.to_string().contains("new_password.password_from"),
        "{planned}"
    );
}
