//! What is kept of Macs that come and go: deleting and enrolling again, renewing, and a database that is put back to an older copy.

use std::time::Duration;

use axum::http::Method;
use serde_json::{Value, json};
use trust::access::Role;
use trust::escrow::EscrowKind;
use wire::escrow::Told;

use crate::jobs::tidy;
use crate::testing::{Answer, Call, FakeMac, TestApp, healthy_mac};

const KEY: &str = "ABCD-2345-EFGH-6789-JKLM-NPQR";
const OTHER_KEY: &str = "ZYXW-9876-VUTR-5432-QPNM-LKJH";
const LINE: &str = "/api/v1/vault/lines/SERIAL1/personal_recovery_key";
const DAYS_90: Duration = Duration::from_hours(90 * 24);

async fn forget(app: &TestApp, mac: &FakeMac) {
    let path = format!("/api/v1/devices/{}/forget", mac.id());
    let body = json!({ "confirm_device_name": "Mac 1", "reason": "sold" });
    assert_eq!(app.post(path, &body).await.status, 204);
}

/// A server with a Mac that has escrowed two keys and was forgotten.
async fn forgotten() -> (TestApp, FakeMac) {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    mac.escrow_key(&app, 1, OTHER_KEY).await;
    mac.escrow_key(&app, 2, KEY).await;
    forget(&app, &mac).await;
    (app, mac)
}

async fn reveal(app: &TestApp, body: &Value) -> Answer {
    app.post(format!("{LINE}/reveal"), body).await
}

async fn hold(app: &TestApp, method: Method) -> Answer {
    let call = Call::new(method, format!("{LINE}/legal-hold"))
        .bearer(&app.token)
        .key(&app.fresh_key());
    app.send(call.json(&json!({ "reason": "case 17" }))).await
}

fn because() -> Value {
    json!({ "reason": "the buyer asks" })
}

#[tokio::test]
async fn what_is_kept_of_a_forgotten_mac_is_listed_and_shown_once_with_a_reason() {
    let (app, _) = forgotten().await;
    let other = app.enrolled(FakeMac::new(2, healthy_mac())).await;
    other.escrow_key(&app, 3, KEY).await;
    let listed = app
        .get("/api/v1/vault/lines?without_device=true")
        .await
        .expect(200);
    let [line] = listed["items"].as_array().unwrap().as_slice() else {
        panic!("{listed}")
    };
    assert_eq!(
        (&line["serial_number"], &line["device_name"], &line["device_id"]),
        (&"SERIAL1".into(), &"Mac 1".into(), &Value::Null)
    );
    let until = app.now_ms() + i64::try_from(DAYS_90.as_millis()).unwrap();
    assert_eq!(
        (&line["kept_until"], &line["versions_kept"]),
        (&until.into(), &2.into())
    );
    let all = app.get("/api/v1/vault/lines?limit=1").await.expect(200);
    let cursor = all["next_cursor"].as_str().unwrap();
    let rest = app
        .get(format!("/api/v1/vault/lines?cursor={cursor}"))
        .await
        .expect(200);
    assert_eq!(rest["items"][0]["device_id"], other.id().to_string());

    reveal(&app, &json!({})).await.expect_invalid(400, "reason");
    let answer = reveal(&app, &because()).await;
    assert_eq!(answer.headers["cache-control"], "no-store");
    assert_eq!(answer.expect(200)["secret"], KEY);
    let former = reveal(&app, &json!({ "reason": "drill", "version": 1 })).await;
    assert_eq!(former.expect(200)["secret"], OTHER_KEY);
    let shown = app.get(LINE).await.expect(200);
    assert!(!shown.to_string().contains(KEY), "{shown}");
    assert_eq!(
        shown["escrow"]["versions"][0]["revealed"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(shown["decisions"][0]["what"], "device_forgotten");
    assert_eq!(shown["decisions"][0]["reason"], "sold");
    let none = "/api/v1/vault/lines/SERIAL9/personal_recovery_key";
    app.get(none).await.expect_problem(404, "no_vault_line");
}

#[tokio::test]
async fn a_mac_that_is_forgotten_and_enrols_again_finds_its_keys() {
    let (app, mac) = forgotten().await;
    app.advance(DAYS_90 - Duration::from_secs(1));
    tidy(&app.app).await.unwrap();
    let back = app.enrolled(mac.reinstalled(9)).await;
    app.advance(DAYS_90 * 2);
    tidy(&app.app).await.unwrap();
    let path = format!("/api/v1/devices/{}/recovery-key", back.id());
    let view = app.get(&path).await.expect(200);
    assert_eq!(
        (&view["state"], &view["version"]),
        (&"ended".into(), &Value::Null)
    );
    assert_eq!(view["versions"].as_array().unwrap().len(), 2);
    let shown = app.post(format!("{path}/reveal"), &because()).await;
    assert_eq!(
        shown.expect(200)["secret"],
        KEY,
        "the newest, which may still work"
    );
    let listed = app
        .get("/api/v1/vault/lines?without_device=true")
        .await
        .expect(200);
    assert_eq!(listed["items"], json!([]));
    let kept = back.escrow_key(&app, 5, KEY).await;
    assert_eq!(kept.version, Some(3));
}

#[tokio::test]
async fn after_ninety_days_the_secrets_are_gone_and_the_story_stays() {
    let (app, _) = forgotten().await;
    app.advance(DAYS_90 - Duration::from_secs(1));
    tidy(&app.app).await.unwrap();
    reveal(&app, &because()).await.expect(200);
    app.advance(Duration::from_secs(1));
    tidy(&app.app).await.unwrap();
    reveal(&app, &because())
        .await
        .expect_problem(409, "secret_destroyed");
    let former = reveal(&app, &json!({ "reason": "drill", "version": 1 })).await;
    former.expect_problem(409, "secret_destroyed");
    let view = app.get(LINE).await.expect(200);
    assert_eq!(
        (&view["versions_kept"], &view["versions_destroyed"]),
        (&0.into(), &2.into())
    );
    let last = view["decisions"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&last["what"], &last["version"]),
        (&"destroyed".into(), &2.into())
    );
    assert!(
        last["reason"].as_str().unwrap().contains("forgotten by"),
        "{last}"
    );
    assert!(!view.to_string().contains(KEY));
}

#[tokio::test]
async fn a_legal_hold_of_an_owner_keeps_everything_and_nobody_else_sets_one() {
    let (app, _) = forgotten().await;
    let held = hold(&app, Method::PUT).await.expect(200);
    assert!(
        held["held_since"].is_i64() && held["kept_until"].is_null(),
        "{held}"
    );
    app.advance(DAYS_90 * 10);
    tidy(&app.app).await.unwrap();
    assert_eq!(reveal(&app, &because()).await.expect(200)["secret"], KEY);
    let lifted = hold(&app, Method::DELETE).await.expect(200);
    assert!(lifted["held_since"].is_null(), "{lifted}");
    tidy(&app.app).await.unwrap();
    reveal(&app, &because())
        .await
        .expect_problem(409, "secret_destroyed");

    let token = json!({ "name": "robot", "role": Role::Administrator });
    let token = app.post("/api/v1/api-tokens", &token).await.expect(201);
    let call = Call::new(Method::PUT, format!("{LINE}/legal-hold"))
        .bearer(token["token"].as_str().unwrap())
        .key("hold-by-robot");
    app.send(call.json(&json!({ "reason": "case 18" })))
        .await
        .expect_problem(403, "role_missing");
}

#[tokio::test]
async fn renewing_keys_ends_and_destroys_nothing() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    mac.escrow_key(&app, 1, KEY).await;
    let mut renewed = mac.reinstalled(9);
    renewed.enroll_again(&app, Some(&mac)).await;
    app.advance(DAYS_90 * 10);
    tidy(&app.app).await.unwrap();
    let view = app.get(LINE).await.expect(200);
    assert_eq!(
        (&view["state"], &view["forgotten_at"]),
        (&"held".into(), &Value::Null)
    );
    assert_eq!(view["device_id"], renewed.id().to_string());
    assert_eq!(reveal(&app, &because()).await.expect(200)["secret"], KEY);
}

#[tokio::test]
async fn an_older_copy_of_the_database_forgets_nothing_for_good_and_destroys_again_what_was_destroyed() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    mac.escrow_key(&app, 1, KEY).await;
    forget(&app, &mac).await;
    let copy = app.file("older.db");
    app.app.store.copy_to(&copy).await.unwrap();
    app.advance(DAYS_90);
    tidy(&app.app).await.unwrap();
    reveal(&app, &because())
        .await
        .expect_problem(409, "secret_destroyed");

    let older = store::Store::open(&copy).await.unwrap();
    let organization_id = store::organization::first(&older).await.unwrap().unwrap();
    let line = store::escrow::Line {
        organization_id,
        serial_number: "SERIAL1",
        kind: EscrowKind::PersonalRecoveryKey,
    };
    let kept = store::escrow::find_secret(&older, line, 1).await.unwrap();
    assert!(kept.is_some(), "the copy is older than the destruction");
    let now = app.app.now();
    let lines = store::escrow::destroy_due(&older, organization_id, now, 10).await;
    assert_eq!(lines.unwrap(), 1);
    let gone = store::escrow::find_secret(&older, line, 1).await.unwrap();
    assert_eq!(gone, None);
    older.close().await;
}

#[tokio::test]
async fn nobody_is_shown_a_bootstrap_token_by_its_line() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let kind = EscrowKind::BootstrapToken;
    mac.tell_vault(&app, 1, kind, Told::KeyUnknown).await.expect(200);
    let path = "/api/v1/vault/lines/SERIAL1/bootstrap_token";
    app.get(path).await.expect(200);
    let answer = app.post(format!("{path}/reveal"), &because()).await;
    answer.expect_invalid(400, "kind");
}
