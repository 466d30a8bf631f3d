//! Links to the steps, and how far the Mac is since one was made.

use std::time::Duration;

use serde_json::{Value, json};
use trust::fact::Fact;
use trust::observation::{CryptoUser, CryptoUserKind, Observation};
use trust::time::Timestamp;

use crate::testing::{
    Answer, Call, FakeMac, TestApp, healthy_mac, mac_without_holders, only_standard_holder,
};

/// A Mac on which nobody holds a token, with a recovery key.
fn broken() -> Observation {
    let mut seen = mac_without_holders();
    let key = CryptoUser {
        uuid: "EBC6C064-0000-11AA-AA11-00306543ECAC".to_owned(),
        kind: CryptoUserKind::PersonalRecovery,
        volume_owner: None,
    };
    seen.crypto_users = Fact::known(vec![key], Timestamp(1), "test");
    seen.security.personal_recovery_key = Fact::known(true, Timestamp(1), "test");
    seen
}

async fn make(app: &TestApp, mac: &FakeMac, body: &Value) -> Answer {
    app.post(format!("/api/v1/devices/{}/recovery/links", mac.id()), body)
        .await
}

/// What is told of the ways back.
async fn told(app: &TestApp, mac: &FakeMac) -> Value {
    let path = format!("/api/v1/devices/{}/recovery", mac.id());
    app.get(path).await.expect(200)
}

fn reached(told: &Value) -> Vec<&str> {
    let milestones = told["begun"]["milestones"].as_array().unwrap();
    milestones
        .iter()
        .filter(|one| one["reached"] == true)
        .map(|one| one["stage"].as_str().unwrap())
        .collect()
}

/// Somebody opens the page, without signing in.
async fn open(app: &TestApp, link: &Value) -> Answer {
    app.send(Call::get(link["path"].as_str().unwrap())).await
}

#[tokio::test]
async fn the_progress_follows_what_the_agent_reports() {
    let app = TestApp::start().await;
    let mut mac = app.enrolled(FakeMac::new(1, broken())).await;
    assert!(told(&app, &mac).await["begun"].is_null());
    let link = make(&app, &mac, &json!({})).await.expect(201);
    assert_eq!(link["way"], "personal_recovery_key");
    assert_eq!(reached(&told(&app, &mac).await), ["link_made"]);

    let page = open(&app, &link).await;
    assert_eq!(
        (page.status.as_u16(), page.text.contains("resetFileVaultpassword")),
        (200, true)
    );
    app.advance(Duration::from_secs(3_600));
    assert_eq!(
        reached(&told(&app, &mac).await),
        ["link_made", "page_opened"],
        "nothing was heard of the Mac since the link was made, so that its silence tells nothing"
    );

    mac.check_in(&app).await;
    app.advance(Duration::from_secs(3_600));
    assert_eq!(
        reached(&told(&app, &mac).await),
        ["link_made", "page_opened", "left_macos"],
        "nothing was heard of the Mac for an hour"
    );

    mac.observation = healthy_mac();
    mac.observation.booted_at = Fact::known(Timestamp(app.now_ms()), Timestamp(1), "test");
    mac.check_in(&app).await;
    let whole = told(&app, &mac).await;
    assert_eq!(reached(&whole).len(), 5, "{whole}");
    assert_eq!(whole["need"], "none");
    let tasks: Vec<&Value> = whole["begun"]["aftercare"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["task"])
        .collect();
    assert_eq!(tasks, ["service_account", "bootstrap_token", "recovery_key"]);
    let page = open(&app, &link).await;
    assert!(page.text.contains("The Mac is whole again."), "{}", page.text);
    assert!(
        page.text.contains("<details><summary>The steps that were sent"),
        "folded up"
    );
    assert!(
        page.text.contains("resetFileVaultpassword"),
        "the steps stay those that were sent"
    );
}

#[tokio::test]
async fn a_link_is_shown_once_and_kept_as_a_hash() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, broken())).await;
    let call = Call::post(format!("/api/v1/devices/{}/recovery/links", mac.id()))
        .bearer(&app.token)
        .key("recovery-key-1");
    let body = json!({ "way": "personal_recovery_key", "valid_for_s": 60 });
    let answer = app.send(call.clone().json(&body)).await;
    let link = answer.expect(201);
    assert_eq!(answer.headers["cache-control"], "no-store");
    assert_eq!(link["expires_at"], app.now_ms() + 60_000);
    app.send(call.clone().json(&body))
        .await
        .expect_problem(409, "already_revealed");
    app.send(call.json(&json!({ "way": "erase" })))
        .await
        .expect_problem(409, "idempotency_key_reused");
    let secret = link["path"].as_str().unwrap().rsplit('/').next().unwrap();
    assert!(secret.starts_with("bestow_recovery_"));
    for file in app.database_files() {
        let bytes = std::fs::read(file).unwrap();
        let found = bytes
            .windows(secret.len())
            .any(|window| window == secret.as_bytes());
        assert!(!found);
    }
}

#[tokio::test]
async fn a_link_opens_until_its_time_has_run_out_and_no_other_address_does() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, broken())).await;
    let link = make(&app, &mac, &json!({ "valid_for_s": 60 })).await.expect(201);
    for _ in 0..2 {
        assert_eq!(open(&app, &link).await.status, 200);
    }
    let other = json!({ "path": "/recovery/bestow_recovery_AAAA" });
    assert_eq!(open(&app, &other).await.status, 404);
    app.advance(Duration::from_secs(60));
    let late = open(&app, &link).await;
    assert_eq!((late.status.as_u16(), late.text.contains("ada")), (404, false));
    assert_eq!(told(&app, &mac).await["begun"]["way"], "personal_recovery_key");
    let audit = app.get("/api/v1/audit").await.expect(200);
    let verbs: Vec<&str> = audit["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|entry| entry["verb"].as_str())
        .filter(|verb| verb.starts_with("recovery_link"))
        .collect();
    assert_eq!(
        verbs,
        ["recovery_link.opened", "recovery_link.created"],
        "its first time only"
    );
}

#[tokio::test]
async fn what_came_of_a_request_does_not_change_with_the_mac() {
    let app = TestApp::start().await;
    let mut mac = app.enrolled(FakeMac::new(1, broken())).await;
    let call = Call::post(format!("/api/v1/devices/{}/recovery/links", mac.id()))
        .bearer(&app.token)
        .key("recovery-key-1")
        .json(&json!({}));
    app.send(call.clone()).await.expect(201);
    mac.observation = healthy_mac();
    mac.check_in(&app).await;
    app.send(call).await.expect_problem(409, "already_revealed");
}

#[tokio::test]
async fn what_is_left_to_see_to_outlives_the_link_until_it_is_done() {
    let app = TestApp::start().await;
    let mut mac = app.enrolled(FakeMac::new(1, broken())).await;
    mac.escrow_key(&app, 1, "ABCD-2345-EFGH-6789-JKLM-NPQR").await;
    make(&app, &mac, &json!({ "valid_for_s": 60 })).await.expect(201);
    mac.observation = healthy_mac();
    mac.observation.security.personal_recovery_key = Fact::known(true, Timestamp(1), "test");
    mac.check_in(&app).await;
    app.advance(Duration::from_hours(24));
    crate::jobs::tidy(&app.app).await.unwrap();
    let key = async || {
        let told = told(&app, &mac).await;
        told["begun"]["aftercare"][2].clone()
    };
    assert_eq!(
        (&key().await["task"], &key().await["state"]),
        (&json!("recovery_key"), &json!("open")),
        "the key that was read out is the one that is kept"
    );
    mac.escrow_key(&app, 2, "ZYXW-9876-VUTR-5432-QPNM-LKJH").await;
    assert_eq!(key().await["state"], "done");
    app.advance(Duration::from_hours(91 * 24));
    crate::jobs::tidy(&app.app).await.unwrap();
    assert!(told(&app, &mac).await["begun"].is_null());
}

#[tokio::test]
async fn a_mac_that_was_erased_on_its_way_is_followed_to_the_device_that_it_comes_back_as() {
    let app = TestApp::start().await;
    let before = app.enrolled(FakeMac::new(1, broken())).await;
    let link = make(&app, &before, &json!({ "way": "erase" })).await.expect(201);
    let mut after = before.reinstalled(2);
    after.enroll(&app).await;
    app.post(format!("/api/v1/devices/{}/approve", after.id()), &json!({}))
        .await
        .expect(200);
    assert_ne!(before.id(), after.id());
    assert_eq!(open(&app, &link).await.status, 200);
    assert_eq!(told(&app, &after).await["begun"]["way"], "erase");
}

#[tokio::test]
async fn nobody_is_sent_a_way_that_is_closed_or_needs_nobody_there() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, broken())).await;
    let says = async |mac: &FakeMac, way: Value, why: &str| {
        let problem = make(&app, mac, &json!({ "way": way }))
            .await
            .expect_invalid(400, "way");
        let text = problem.to_string();
        assert!(text.contains(why), "{way}: {text}");
    };
    for way in ["institutional_recovery_key", "another_holder"] {
        says(&mac, json!(way), "this one is closed").await;
    }
    make(&app, &mac, &json!({ "way": "by_magic" }))
        .await
        .expect_invalid(400, "way");
    make(&app, &mac, &json!({ "valid_for_s": 0 }))
        .await
        .expect_invalid(400, "valid_for_s");
    let healthy = app.enrolled(FakeMac::new(2, healthy_mac())).await;
    for body in [json!({}), json!({ "way": "erase" })] {
        make(&app, &healthy, &body)
            .await
            .expect_problem(409, "no_way_back_needed");
    }
    let standard = app.enrolled(FakeMac::new(3, only_standard_holder())).await;
    says(&standard, json!("another_holder"), "gone from the console").await;
}
