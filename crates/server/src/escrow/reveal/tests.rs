//! A recovery key is shown once to a request, with a reason, and is replaced afterwards.

use std::time::Duration;

use serde_json::{Value, json};
use trust::escrow::rotation::AFTER_REVEAL;
use trust::escrow::{EscrowKind, Origin};
use wire::escrow::Told;

use crate::testing::{Call, CapturedLog, FakeMac, TestApp, healthy_mac};

const KEY: &str = "ABCD-2345-EFGH-6789-JKLM-NPQR";
const OTHER_KEY: &str = "ZYXW-9876-VUTR-5432-QPNM-LKJH";

fn path(mac: &FakeMac, what: &str) -> String {
    format!("/api/v1/devices/{}/recovery-key{what}", mac.id())
}

fn because(reason: &str) -> Value {
    json!({ "reason": reason })
}

#[tokio::test]
async fn a_key_is_shown_once_spelled_noted_and_replaced_an_hour_later() {
    let log = CapturedLog::listen();
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    mac.escrow_key(&app, 1, KEY).await;
    let call = Call::post(path(&mac, "/reveal"))
        .bearer(&app.token)
        .key("reveal-1")
        .json(&because("locked out, ticket 7"));
    let answer = app.send(call.clone()).await;
    let shown = answer.expect(200);
    assert_eq!(answer.headers["cache-control"], "no-store");
    assert_eq!((&shown["secret"], &shown["version"]), (&KEY.into(), &1.into()));
    let first = json!({ "group": "ABCD", "words": ["Alfa", "Bravo", "Charlie", "Delta"] });
    assert_eq!(shown["spelled"][0], first);
    assert_eq!(shown["proved_at"], app.now_ms());
    let due = app.now_ms() + i64::try_from(AFTER_REVEAL.as_millis()).unwrap();
    assert_eq!(shown["rotate_after"], due);

    let again = app.send(call).await;
    let again = again.expect_problem(409, "already_revealed");
    assert!(!again.to_string().contains(KEY));
    app.advance(Duration::from_mins(30));
    let second = app.post(path(&mac, "/reveal"), &because("misread it")).await;
    assert_eq!(
        second.expect(200)["rotate_after"],
        due,
        "a second look puts nothing off"
    );

    let told = mac.escrow_terms(&app).await.recovery_key.rotate_after;
    assert_eq!(told.map(|at| at.as_millis()), Some(due), "the agent is told");
    let view = app.get(path(&mac, "")).await.expect(200);
    assert!(!view.to_string().contains(KEY));
    let revealed = view["versions"][0]["revealed"].as_array().unwrap();
    assert_eq!(revealed.len(), 2);
    assert_eq!(revealed[0]["by"], "api_token:administrator");
    let audit = app.get("/api/v1/audit?limit=10").await.expect(200);
    let noted = audit["items"].as_array().unwrap().iter();
    let reasons: Vec<&Value> = noted
        .filter(|entry| entry["verb"] == "escrow.revealed")
        .map(|entry| &entry["reason"])
        .collect();
    assert_eq!(reasons, ["misread it", "locked out, ticket 7"]);
    assert!(!audit.to_string().contains(KEY));
    let logged = log.bytes();
    assert!(!logged.windows(KEY.len()).any(|window| window == KEY.as_bytes()));
}

#[tokio::test]
async fn a_key_that_was_replaced_is_still_there_and_asks_for_nothing() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    mac.escrow_key(&app, 1, KEY).await;
    mac.escrow_key(&app, 2, OTHER_KEY).await;
    let current = app.post(path(&mac, "/reveal"), &because("a")).await.expect(200);
    assert_eq!(current["secret"], OTHER_KEY);
    let old = json!({ "reason": "an old disk", "version": 1 });
    let old = app.post(path(&mac, "/reveal"), &old).await.expect(200);
    assert_eq!((&old["secret"], &old["proved_at"]), (&KEY.into(), &Value::Null));
    let view = app.get(path(&mac, "")).await.expect(200);
    assert_eq!(view["versions"][1]["ended_by"], "escrowed");
    let none = json!({ "reason": "a", "version": 3 });
    app.post(path(&mac, "/reveal"), &none)
        .await
        .expect_problem(404, "not_found");
}

#[tokio::test]
async fn a_new_key_of_the_macs_own_settles_the_rotation() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    mac.escrow_key(&app, 1, KEY).await;
    app.post(path(&mac, "/reveal"), &because("a")).await.expect(200);
    mac.escrow_key(&app, 2, OTHER_KEY).await;
    let view = app.get(path(&mac, "")).await.expect(200);
    assert_eq!(
        (&view["state"], &view["rotate_after"]),
        (&"held".into(), &Value::Null)
    );
}

#[tokio::test]
async fn without_a_reason_or_a_key_nothing_is_shown() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let none = app.post(path(&mac, "/reveal"), &because("a")).await;
    none.expect_problem(422, "no_recovery_key");
    mac.escrow_key(&app, 1, KEY).await;
    for body in [json!({}), because(""), because("  "), because(&"x".repeat(501))] {
        app.post(path(&mac, "/reveal"), &body)
            .await
            .expect_invalid(400, "reason");
    }
    for version in [json!(0), json!("1"), json!(-1)] {
        let body = json!({ "reason": "a", "version": version });
        app.post(path(&mac, "/reveal"), &body)
            .await
            .expect_invalid(400, "version");
    }
    let foreign = app.foreign_token().await;
    let call = Call::post(path(&mac, "/reveal"))
        .bearer(&foreign)
        .key("foreign-1");
    app.send(call.json(&because("a")))
        .await
        .expect_problem(404, "not_found");
    let call = Call::get(path(&mac, "")).bearer(&foreign);
    app.send(call).await.expect_problem(404, "not_found");
    let view = app.get(path(&mac, "")).await.expect(200);
    assert_eq!(view["versions"][0]["revealed"], json!([]));
}

#[tokio::test]
async fn what_is_kept_says_what_is_not_known() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let state = async || app.get(path(&mac, "")).await.expect(200)["state"].clone();
    assert_eq!(state().await, "empty");
    let kind = EscrowKind::PersonalRecoveryKey;
    mac.escrow_key(&app, 1, KEY).await;
    mac.tell_vault(&app, 2, kind, Told::KeyUnknown).await.expect(200);
    assert_eq!(state().await, "key_unknown");
    let found = match mac.sealed_for_vault(&app, 3, OTHER_KEY, None).await {
        Told::Secret { sealed, .. } => Told::Secret {
            sealed,
            origin: Origin::EscrowFile,
            proved_at: None,
        },
        other => panic!("{other:?}"),
    };
    mac.tell_vault(&app, 3, kind, found).await.expect(200);
    let view = app.get(path(&mac, "")).await.expect(200);
    assert_eq!(
        (&view["state"], &view["proved_at"]),
        (&"held".into(), &Value::Null)
    );
    assert!(
        view["summary"].as_str().unwrap().contains("never tried"),
        "{view}"
    );
    let token = app
        .get(format!("/api/v1/devices/{}/bootstrap-token", mac.id()))
        .await
        .expect(200);
    assert_eq!(token["state"], "empty", "another kind is another line");
}
