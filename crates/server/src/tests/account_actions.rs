//! What is done to accounts that exist, through the API.

use serde_json::{Value, json};
use trust::action::Action;
use trust::code::Code;
use trust::observation::TokenLabel;

use crate::clock::Clock as _;
use crate::testing::{Answer, FakeMac, TestApp, account, healthy_mac, mac_with};

const KINDS: [&str; 5] = [
    "promote_account",
    "demote_account",
    "disable_account",
    "unlock_account",
    "delete_account",
];

fn order(kind: &str, target: &str) -> Value {
    json!({ "kind": kind, "target": { "username": target } })
}

async fn ask(app: &TestApp, mac: &FakeMac, what: &str, body: &Value) -> Answer {
    app.post(format!("/api/v1/devices/{}/{what}", mac.id()), body)
        .await
}

#[tokio::test]
async fn each_reaches_the_mac_without_a_secret_and_its_end_is_told() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    for (kind, code) in KINDS.into_iter().zip([
        Code::AccountPromoted,
        Code::NothingToDo,
        Code::AccountDisabled,
        Code::AccountUnlocked,
        Code::AccountDeleted,
    ]) {
        let accepted = ask(&app, &mac, "actions", &order(kind, "bob")).await.expect(202);
        assert_eq!(accepted["kind"], kind);
        let offers = mac.check_in(&app).await.offers;
        assert_eq!(offers[0].envelope.action.kind(), kind);
        assert!(offers[0].secrets.is_empty());
        mac.start(&app, &accepted["id"]).await.expect(200);
        let ended = FakeMac::ended(code, code != Code::NothingToDo, app.clock.now());
        mac.report(&app, &accepted["id"], ended).await.expect(200);
        let path = format!("/api/v1/actions/{}", accepted["id"].as_str().unwrap());
        let action = app.get(path).await.expect(200);
        assert_eq!(
            (&action["state"], &action["code"]),
            (&json!("succeeded"), &json!(code.word()))
        );
    }
}

#[tokio::test]
async fn what_would_cut_the_chain_needs_this_macs_name() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    for kind in ["demote_account", "disable_account", "delete_account"] {
        let mut body = order(kind, "ada");
        ask(&app, &mac, "actions", &body)
            .await
            .expect_problem(422, "last_holder");
        body["confirm_device_name"] = json!("another");
        ask(&app, &mac, "actions", &body)
            .await
            .expect_invalid(400, "confirm_device_name");
        body["confirm_device_name"] = json!("Mac 1");
        let accepted = ask(&app, &mac, "actions", &body).await.expect(202);
        let row = |row: &&Value| row["check"] == "other_holders";
        let rows = accepted["plan"]["rows"].as_array().unwrap();
        // macOS itself may refuse to delete what it takes for the last.
        let state = match kind {
            "delete_account" => "unknown_until_tried",
            _ => "warning",
        };
        assert_eq!(rows.iter().find(row).unwrap()["state"], state);
    }
}

#[tokio::test]
async fn a_password_is_not_taken_and_a_home_is_kept_unless_told() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    for kind in KINDS {
        let mut body = order(kind, "bob");
        body["target"]["password"] = json!("planted");
        ask(&app, &mac, "actions", &body)
            .await
            .expect_invalid(400, "target");
    }
    for (remove_home, kept) in [(Value::Null, false), (json!(true), true)] {
        let mut body = order("delete_account", "bob");
        if !remove_home.is_null() {
            body["target"]["remove_home"] = remove_home;
        }
        let planned = ask(&app, &mac, "plan", &body).await.expect(200);
        let action: Action = serde_json::from_value(planned["action"].clone()).unwrap();
        let Action::DeleteAccount(delete) = action else {
            panic!("{action:?}")
        };
        assert_eq!(delete.remove_home, kept);
    }
}

#[tokio::test]
async fn many_macs_are_asked_and_those_whose_chain_it_would_cut_are_left_out() {
    let app = TestApp::start().await;
    let two = mac_with(vec![
        account("ada", 501, true, TokenLabel::Enabled),
        account("bob", 502, true, TokenLabel::Enabled),
    ]);
    app.enrolled(FakeMac::new(1, healthy_mac())).await;
    app.enrolled(FakeMac::new(2, two)).await;
    let mut body = json!({ "selector": { "all": true }, "action": order("demote_account", "ada") });
    let planned = app.post("/api/v1/bulk-actions/plan", &body).await.expect(200);
    assert_eq!(planned["counts"]["ready"], 1, "{planned}");
    assert_eq!(planned["counts"]["needs_person"], 1, "{planned}");
    body["action"]["confirm_device_name"] = json!("Mac 1");
    for path in ["/api/v1/bulk-actions/plan", "/api/v1/bulk-actions"] {
        app.post(path, &body)
            .await
            .expect_invalid(400, "action.confirm_device_name");
    }
}
