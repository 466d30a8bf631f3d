//! Plans that take a while: they are kept, count everything, and are nobody else's.

use std::time::Duration;

use serde_json::{Value, json};
use trust::observation::TokenLabel;

use crate::testing::{Call, FakeMac, TestApp, account, bulk_grant, healthy_mac, mac_with};

const PATH: &str = "/api/v1/bulk-actions/plan";

async fn planned(app: &TestApp) -> Value {
    app.post(PATH, &bulk_grant()).await.expect(200)
}

fn kept(plan: &Value) -> String {
    format!("{PATH}/{}", plan["id"].as_str().unwrap())
}

#[tokio::test]
async fn a_plan_under_way_says_so_and_goes_on() {
    let app = TestApp::start().await;
    app.healthy_macs(2).await;
    let paused = app.app.plans.pause().await;
    let begun = planned(&app).await;
    assert_eq!(begun["counts"]["complete"], false);
    assert_eq!(
        (&begun["items"], &begun["next_cursor"]),
        (&json!([]), &Value::Null)
    );
    drop(paused);
    let made = app.get(kept(&begun)).await.expect(200);
    assert_eq!(made["counts"]["complete"], true);
    assert_eq!(made["counts"]["ready"], 2);
    assert_eq!(made["items"].as_array().unwrap().len(), 2);
}

/// More than one chunk, and more than a page of the list of devices has.
#[tokio::test]
async fn the_number_of_a_plan_is_that_of_its_run() {
    let app = TestApp::start().await;
    app.healthy_macs(101).await;
    let done = mac_with(vec![
        account("ada", 501, true, TokenLabel::Enabled),
        account("bob", 502, false, TokenLabel::Enabled),
    ]);
    app.enrolled(FakeMac::new(102, done)).await;
    let counts = &planned(&app).await["counts"];
    assert_eq!(
        (&counts["devices"], &counts["ready"], &counts["done"]),
        (&json!(102), &json!(101), &json!(1))
    );
    let mut body = bulk_grant();
    body["ready_at_most"] = counts["ready"].clone();
    let (_, run) = app.bulk_run(&body).await;
    assert_eq!((&run["state"], &run["code"]), (&json!("running"), &Value::Null));
    assert_eq!(run["progress"]["ready"], counts["ready"]);
}

#[tokio::test]
async fn more_macs_than_were_agreed_to_wait_for_somebody() {
    let app = TestApp::start().await;
    let macs = app.healthy_macs(2).await;
    let mut body = bulk_grant();
    body["ready_at_most"] = 1.into();
    let (path, run) = app.bulk_run(&body).await;
    assert_eq!(
        (&run["state"], &run["code"]),
        (&json!("stopped"), &json!("bulk_plan_changed"))
    );
    app.advance_runs().await;
    for mac in &macs {
        assert!(mac.check_in(&app).await.offers.is_empty(), "nothing is sent");
    }
    app.post(format!("{path}/continue"), &json!({})).await.expect(200);
    app.advance_runs().await;
    assert_eq!(macs[0].check_in(&app).await.offers.len(), 1);
    body["ready_at_most"] = 3.into();
    assert_eq!(app.bulk_run(&body).await.1["state"], "running", "fewer may begin");
    body["ready_at_most"] = 0.into();
    app.post("/api/v1/bulk-actions", &body)
        .await
        .expect_invalid(400, "ready_at_most");
}

#[tokio::test]
async fn a_plan_is_kept_for_who_asked_and_for_a_while() {
    let app = TestApp::start().await;
    app.healthy_macs(1).await;
    let plan = planned(&app).await;
    let other = app.setup.api_token("other").await.unwrap();
    for token in [other, app.foreign_token().await] {
        app.send(Call::get(kept(&plan)).bearer(&token))
            .await
            .expect_problem(404, "not_found");
    }
    app.advance(Duration::from_mins(15));
    app.get(kept(&plan)).await.expect(200);
    app.advance(Duration::from_mins(16));
    let fresh = planned(&app).await;
    app.get(kept(&plan)).await.expect_problem(404, "not_found");
    for _ in 0..4 {
        planned(&app).await;
    }
    app.get(kept(&fresh)).await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn a_mac_is_listed_with_what_is_asked_of_it_as_it_is_now() {
    let app = TestApp::start().await;
    let mut mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let mut body = bulk_grant();
    body["action"]["target"] = json!({ "username": "%device_name%", "password": "planted" });
    let unfit = app.post(PATH, &body).await.expect(200);
    assert_eq!(unfit["items"][0]["action"], Value::Null);
    assert_eq!(unfit["counts"]["needs_credential"], 1);
    let plan = planned(&app).await;
    assert_eq!(plan["items"][0]["action"]["target"], "bob");
    assert!(!plan.to_string().contains("password"));
    mac.observation = mac_with(vec![account("ada", 501, true, TokenLabel::Enabled)]);
    mac.check_in(&app).await;
    let later = app.get(kept(&plan)).await.expect(200);
    assert_eq!(later["counts"]["ready"], 1, "as it was planned");
    assert_eq!(later["items"][0]["readiness"], "needs_person");
}
