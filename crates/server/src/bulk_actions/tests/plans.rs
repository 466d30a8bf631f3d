//! What would come of a run.

use serde_json::{Value, json};
use trust::observation::TokenLabel;

use crate::testing::{
    FakeMac, TestApp, account, bulk_grant, healthy_mac, mac_with, mac_without_holders, old_mac,
};

const PATH: &str = "/api/v1/bulk-actions/plan";

/// Six Macs: two are ready, one each needs a credential or has what is asked for, and two need a person.
async fn mixed(app: &TestApp) -> Vec<FakeMac> {
    let no_token = mac_with(vec![
        account("ada", 501, true, TokenLabel::Disabled),
        account("bob", 502, false, TokenLabel::Disabled),
        account("root2", 503, true, TokenLabel::Enabled),
    ]);
    let done = mac_with(vec![
        account("ada", 501, true, TokenLabel::Enabled),
        account("bob", 502, false, TokenLabel::Enabled),
    ]);
    let situations = [
        healthy_mac(),
        healthy_mac(),
        no_token,
        done,
        mac_without_holders(),
        old_mac(),
    ];
    let mut macs = Vec::new();
    for (number, situation) in (1..).zip(situations) {
        macs.push(app.enrolled(FakeMac::new(number, situation)).await);
    }
    macs
}

#[tokio::test]
async fn a_plan_groups_the_devices_and_sends_nothing() {
    let app = TestApp::start().await;
    let macs = mixed(&app).await;
    let mut waits = macs[0].reinstalled(90);
    waits.enroll(&app).await;
    let planned = app.post(PATH, &bulk_grant()).await.expect(200);
    let counts = &planned["counts"];
    let numbers =
        ["devices", "ready", "needs_credential", "needs_person", "done"].map(|group| counts[group].clone());
    assert_eq!(numbers, [7, 2, 1, 3, 1].map(Value::from));
    assert_eq!(counts["complete"], true);
    let lacks = |name: &str| {
        let items = planned["items"].as_array().unwrap();
        let found = items
            .iter()
            .find(|item| item["device_name"] == name && item["code"] != "device_pending");
        (
            found.unwrap()["readiness"].clone(),
            found.unwrap()["code"].clone(),
        )
    };
    assert_eq!(lacks("Mac 2"), (json!("ready"), Value::Null));
    assert_eq!(
        lacks("Mac 3"),
        (json!("needs_credential"), json!("administrator_has_no_token"))
    );
    assert_eq!(lacks("Mac 4"), (json!("done"), json!("already_granted")));
    assert_eq!(lacks("Mac 5"), (json!("needs_person"), json!("chain_broken")));
    assert_eq!(lacks("Mac 6"), (json!("needs_person"), json!("os_too_old")));
    let codes: Vec<_> = counts["codes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|code| code["code"].clone())
        .collect();
    assert!(
        codes.contains(&json!("device_pending")) && codes.contains(&json!("chain_broken")),
        "{codes:?}"
    );

    assert_eq!(
        app.get("/api/v1/bulk-actions").await.expect(200)["items"],
        json!([])
    );
    assert_eq!(app.get("/api/v1/actions").await.expect(200)["items"], json!([]));
    for mac in &macs {
        assert!(mac.check_in(&app).await.offers.is_empty());
    }
}

#[tokio::test]
async fn a_plan_needs_no_password_and_comes_a_page_at_a_time() {
    let app = TestApp::start().await;
    mixed(&app).await;
    let mut body = bulk_grant();
    body["action"] = json!({
        "kind": "grant_secure_token",
        "administrator": { "username": "ada" },
        "target": { "username": "bob" },
    });
    let names = |page: &Value| -> Vec<String> {
        let items = page["items"].as_array().unwrap().iter();
        items
            .map(|item| item["device_name"].as_str().unwrap().to_owned())
            .collect()
    };
    let first = app.post(format!("{PATH}?limit=4"), &body).await.expect(200);
    assert_eq!(names(&first), ["Mac 1", "Mac 2", "Mac 3", "Mac 4"]);
    assert_eq!(first["counts"]["devices"], 6);
    let cursor = first["next_cursor"].as_str().unwrap();
    let kept = format!("{PATH}/{}", first["id"].as_str().unwrap());
    let second = app
        .get(format!("{kept}?limit=4&cursor={cursor}"))
        .await
        .expect(200);
    assert_eq!(names(&second), ["Mac 5", "Mac 6"]);
    assert_eq!(second["counts"], first["counts"]);
    assert!(second["next_cursor"].is_null());

    let people = app
        .post(format!("{PATH}?limit=1&readiness=needs_person"), &body)
        .await
        .expect(200);
    assert_eq!(names(&people), ["Mac 5"]);
    let cursor = people["next_cursor"].as_str().unwrap();
    let path = format!("{kept}?limit=1&readiness=needs_person&cursor={cursor}");
    let last = app.get(path).await.expect(200);
    assert_eq!(names(&last), ["Mac 6"]);
    assert!(last["next_cursor"].is_null());
    let others = app
        .post(format!("{PATH}?readiness=not_ready"), &body)
        .await
        .expect(200);
    assert_eq!(names(&others), ["Mac 3", "Mac 4", "Mac 5", "Mac 6"]);
    app.post(format!("{PATH}?readiness=fine"), &body)
        .await
        .expect_invalid(400, "readiness");
    app.post(format!("{PATH}?cursor=x"), &body)
        .await
        .expect_invalid(400, "cursor");
}

#[tokio::test]
async fn only_what_is_ready_gets_an_action_and_everything_has_a_result() {
    let app = TestApp::start().await;
    mixed(&app).await;
    let (path, run) = app.bulk_run(&bulk_grant()).await;
    assert_eq!(
        (&run["state"], &run["canary_size"]),
        (&json!("running"), &json!(2))
    );
    let progress = &run["progress"];
    assert_eq!(
        (&progress["devices"], &progress["ready"], &progress["held"]),
        (&json!(6), &json!(2), &json!(2))
    );
    let actions = app.get("/api/v1/actions").await.expect(200);
    assert_eq!(actions["items"].as_array().unwrap().len(), 2);
    let members = app.get(format!("{path}/members")).await.expect(200);
    let results: Vec<_> = members["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|member| (member["state"].clone(), member["code"].clone()))
        .collect();
    assert_eq!(results[1], (json!("queued"), Value::Null));
    assert_eq!(results[2], (Value::Null, json!("administrator_has_no_token")));
    assert_eq!(results[3], (Value::Null, json!("already_granted")));
    let people = app
        .get(format!("{path}/members?readiness=needs_person"))
        .await
        .expect(200);
    assert_eq!(people["items"].as_array().unwrap().len(), 2);
    assert_eq!(people["items"][0]["detail"], "no account holds a token");
    app.get(format!("{path}/members?state=nonsense"))
        .await
        .expect_invalid(400, "state");
}
