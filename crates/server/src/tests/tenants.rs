//! Two organisations on one server see nothing of each other.

use serde_json::json;

use crate::testing::{Call, FakeMac, TestApp, grant_from_ada_to_bob, healthy_mac};

#[tokio::test]
async fn what_belongs_to_another_organisation_is_not_there() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let action = app.grant(&mac).await;
    let action_id = action["id"].as_str().unwrap();
    let foreign = app.foreign_token().await;
    let device = format!("/api/v1/devices/{}", mac.id());

    for path in [
        device.clone(),
        format!("{device}/accounts"),
        format!("{device}/chain"),
        format!("{device}/actions"),
        format!("/api/v1/actions/{action_id}"),
    ] {
        let answer = app.send(Call::get(&path).bearer(&foreign)).await;
        answer.expect_problem(404, "not_found");
    }
    for path in [
        format!("{device}/plan"),
        format!("{device}/actions"),
        format!("{device}/approve"),
        format!("/api/v1/actions/{action_id}/cancel"),
    ] {
        let call = Call::post(&path).bearer(&foreign).key("foreign-key");
        let answer = app.send(call.json(&grant_from_ada_to_bob())).await;
        answer.expect_problem(404, "not_found");
    }
    for path in ["/api/v1/devices", "/api/v1/actions"] {
        let listed = app.send(Call::get(path).bearer(&foreign)).await.expect(200);
        assert_eq!(listed["items"], json!([]), "{path}");
    }
    let audit = app
        .send(Call::get("/api/v1/audit").bearer(&foreign))
        .await
        .expect(200);
    let verbs: Vec<_> = audit["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| &entry["verb"])
        .collect();
    assert_eq!(verbs, ["api_token.created"]);
}
