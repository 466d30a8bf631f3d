//! Taking an account over for a person.

use serde_json::{Value, json};
use trust::code::Code;
use trust::observation::{Account, Observation, TokenLabel};
use trust::time::Timestamp;

use crate::clock::Clock as _;
use crate::testing::{FakeMac, TestApp, account, mac_with, service_account_seen, with_service_account};

/// A Mac with ada, who holds, ben, who does not, and a service account that is valid, or has no token.
fn served(token: TokenLabel) -> Observation {
    let bestow = Account {
        password_set_at: Some(Timestamp(7)),
        ..account("_bestow", 499, true, token)
    };
    let ada = account("ada", 501, true, TokenLabel::Enabled);
    let ben = account("ben", 502, false, TokenLabel::Disabled);
    with_service_account(mac_with(vec![bestow, ada, ben]), service_account_seen())
}

fn adopt_ben() -> Value {
    json!({
        "kind": "adopt_account",
        "target": { "username": "ben", "password": "ben's password" },
        "person": { "full_name": "Ben Brandt", "email": "ben.brandt@example.com" },
    })
}

/// Who uses the Mac, by its enrolment record.
async fn record(app: &TestApp, mac: &FakeMac) -> Option<Value> {
    let shown = app.get(format!("/api/v1/devices/{}", mac.id())).await.expect(200);
    let serial_number = shown["serial_number"].as_str().unwrap();
    let answer = app
        .get(format!("/api/v1/enrolment-records/{serial_number}"))
        .await;
    (answer.status == 200).then(|| answer.expect(200))
}

#[tokio::test]
async fn an_account_that_was_taken_over_is_bound_to_its_person() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, served(TokenLabel::Enabled))).await;
    let path = format!("/api/v1/devices/{}/actions", mac.id());
    let order = async || app.post(&path, &adopt_ben()).await.expect(202);
    let action = order().await;
    assert_eq!(action["action"]["person"]["full_name"], "Ben Brandt");

    // What fails binds nobody.
    mac.start(&app, &action["id"]).await.expect(200);
    let failed = FakeMac::ended(Code::TargetWrongPassword, false, app.clock.now());
    mac.report(&app, &action["id"], failed).await.expect(200);
    assert_eq!(record(&app, &mac).await, None);

    let action = order().await;
    mac.start(&app, &action["id"]).await.expect(200);
    assert_eq!(record(&app, &mac).await, None, "it is not over yet");
    let adopted = FakeMac::ended(Code::AccountAdopted, true, app.clock.now());
    for _ in 0..2 {
        mac.report(&app, &action["id"], adopted.clone()).await.expect(200);
    }
    let bound = record(&app, &mac).await.unwrap();
    assert_eq!(bound["full_name"], "Ben Brandt");
    assert_eq!(bound["email"], "ben.brandt@example.com");
    assert_eq!(bound["account"], "ben");
    assert_eq!(bound["source"], "adoption");
    let audit = app.get("/api/v1/audit").await.expect(200);
    let saved: Vec<&Value> = audit["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["verb"] == "enrolment_record.saved")
        .collect();
    assert_eq!(saved.len(), 1, "once, however often it is reported");
    let detail = saved[0]["detail"].as_str().unwrap();
    assert!(
        detail.contains(action["id"].as_str().unwrap()) && detail.contains("account"),
        "{detail}"
    );
}

#[tokio::test]
async fn while_the_service_account_is_invalid_it_is_refused_with_the_reason() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, served(TokenLabel::Disabled))).await;
    let path = format!("/api/v1/devices/{}/actions", mac.id());
    let refused = app.post(&path, &adopt_ben()).await;
    refused.expect_problem(422, "service_account_no_token");
    assert_eq!(record(&app, &mac).await, None);
}

#[tokio::test]
async fn a_person_has_a_name_and_is_no_matter_of_a_bulk_run() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, served(TokenLabel::Enabled))).await;
    let path = format!("/api/v1/devices/{}/actions", mac.id());
    let mut nameless = adopt_ben();
    nameless["person"] = json!({ "email": "ben.brandt@example.com" });
    app.post(&path, &nameless)
        .await
        .expect_invalid(400, "person.full_name");
    let order = json!({ "selector": { "all": true }, "action": adopt_ben() });
    app.post("/api/v1/bulk-actions", &order)
        .await
        .expect_invalid(400, "action.person");
}
