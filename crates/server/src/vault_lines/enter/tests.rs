//! Passwords that people enter: kept, shown, followed by others, and outliving what happens to the Mac.

use std::time::Duration;

use serde_json::{Value, json};
use trust::escrow::EscrowKind;
use wire::escrow::Told;
use wire::seal::SealingPrivateKey;

use crate::jobs::tidy;
use crate::testing::{Answer, FakeMac, SeededRng, TestApp, healthy_mac};

const LINE: &str = "/api/v1/vault/lines/SERIAL1/recovery_lock";
const VALUE: &str = "{planted} Grüße 7";

async fn enter(app: &TestApp, line: &str, value: &str, legacy: bool) -> Answer {
    let body = json!({ "value": value, "legacy": legacy, "reason": "out of the safe" });
    app.post(format!("{line}/enter"), &body).await
}

async fn reveal(app: &TestApp, body: &Value) -> Value {
    app.post(format!("{LINE}/reveal"), body).await.expect(200)
}

#[tokio::test]
async fn it_is_kept_before_the_mac_enrols_and_shown_without_another_one_being_wanted() {
    let app = TestApp::start().await;
    let line = enter(&app, LINE, VALUE, false).await.expect(200);
    assert_eq!(
        (&line["state"], &line["device_id"]),
        (&json!("held"), &Value::Null)
    );
    assert_eq!(line["escrow"]["versions"][0]["origin"], "entered");
    let as_typed = LINE.replace("SERIAL1", "serial1");
    assert_eq!(app.get(as_typed).await.expect(200)["serial_number"], "SERIAL1");
    let listed = app
        .get("/api/v1/vault/lines?without_device=true")
        .await
        .expect(200);
    assert_eq!(listed["items"][0]["kind"], "recovery_lock");

    let shown = reveal(&app, &json!({ "reason": "ticket 4711" })).await;
    assert_eq!(
        (&shown["secret"], &shown["kind"]),
        (&json!(VALUE), &json!("recovery_lock"))
    );
    assert_eq!(
        shown["rotate_after"],
        Value::Null,
        "nobody but people replaces it"
    );
    let line = app.get(LINE).await.expect(200);
    assert_eq!(line["escrow"]["rotate_after"], Value::Null);
    assert_eq!(
        line["escrow"]["versions"][0]["revealed"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert!(!line.to_string().contains("planted"));

    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let line = app.get(LINE).await.expect(200);
    assert_eq!(
        (&line["state"], &line["device_id"]),
        (&json!("held"), &json!(mac.id()))
    );
    let audit = app.get("/api/v1/audit").await.expect(200);
    let mut entries = audit["items"].as_array().unwrap().iter();
    let entry = entries.find(|entry| entry["verb"] == "escrow.escrowed").unwrap();
    assert_eq!(
        (&entry["device_id"], &entry["reason"]),
        (&Value::Null, &json!("out of the safe"))
    );
    assert!(!audit.to_string().contains("planted"));
    for file in app.database_files() {
        let bytes = std::fs::read(&file).unwrap();
        assert_eq!(
            memchr::memmem::find(&bytes, b"planted"),
            None,
            "{}",
            file.display()
        );
    }
}

#[tokio::test]
async fn another_one_follows_it_former_ones_never_do_and_none_is_kept_twice() {
    let app = TestApp::start().await;
    app.enrolled(FakeMac::new(1, healthy_mac())).await;
    for (value, legacy, version, kept) in [
        ("first", false, 1, 1),
        ("first", false, 1, 1),
        ("second", false, 2, 2),
        ("former", true, 2, 3),
        ("former", true, 2, 3),
        ("first", true, 2, 3),
        ("first", false, 4, 4),
    ] {
        let line = enter(&app, LINE, value, legacy).await.expect(200);
        let found = (&line["escrow"]["version"], &line["versions_kept"]);
        assert_eq!(found, (&json!(version), &json!(kept)), "{value} {legacy}");
    }
    let former = reveal(&app, &json!({ "reason": "drill", "version": 3 })).await;
    assert_eq!(former["secret"], "former");
    let line = app.get(LINE).await.expect(200);
    let versions = line["escrow"]["versions"].as_array().unwrap();
    let ended: Vec<_> = versions
        .iter()
        .map(|version| version["ended_label"].clone())
        .collect();
    let expected = [
        Value::Null,
        json!("a former one"),
        json!("another one came"),
        json!("another one came"),
    ];
    assert_eq!(ended, expected);
}

#[tokio::test]
async fn what_is_no_such_password_is_refused() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    for value in ["", "a\nb", "a\tb", &"x".repeat(256)] {
        enter(&app, LINE, value, false).await.expect_invalid(400, "value");
    }
    for kind in [
        "personal_recovery_key",
        "bootstrap_token",
        "local_administrator_password",
        "x",
    ] {
        let line = format!("/api/v1/vault/lines/SERIAL1/{kind}");
        enter(&app, &line, "value", false)
            .await
            .expect_invalid(400, "kind");
    }
    let kind = EscrowKind::RecoveryLock;
    let brought = mac.sealed_as(&app, 1, kind, "value", None).await;
    mac.tell_vault(&app, 1, kind, brought)
        .await
        .expect_invalid(400, "kind");
    mac.tell_vault(&app, 2, kind, Told::Emptied)
        .await
        .expect_invalid(400, "kind");
    app.get(LINE).await.expect_problem(404, "no_vault_line");
}

#[tokio::test]
async fn twenty_former_ones_are_kept_and_no_more() {
    let app = TestApp::start().await;
    for number in 0..20 {
        enter(&app, LINE, &format!("former {number}"), true)
            .await
            .expect(200);
    }
    let refused = enter(&app, LINE, "one more", true).await;
    refused.expect_problem(409, "too_many_legacy_values");
    enter(&app, LINE, "the one in force", false).await.expect(200);
    let other = LINE.replace("recovery_lock", "firmware_password");
    enter(&app, &other, "of another kind", true).await.expect(200);
}

#[tokio::test]
async fn an_erased_mac_keeps_it_and_a_forgotten_one_loses_it_after_its_days() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    enter(&app, LINE, VALUE, false).await.expect(200);
    let erased = app.enrolled(mac.reinstalled(9)).await;
    let path = format!("/api/v1/devices/{}/approve", erased.id());
    app.post(path, &Value::Null).await.expect(200);
    let line = app.get(LINE).await.expect(200);
    assert_eq!(line["device_id"], json!(erased.id()));
    assert_eq!(
        (&line["state"], &line["escrow"]["version"]),
        (&json!("held"), &json!(1))
    );

    let forget = json!({ "confirm_device_name": "Mac 1", "reason": "sold" });
    let path = format!("/api/v1/devices/{}/forget", erased.id());
    assert_eq!(app.post(path, &forget).await.status, 204);
    assert!(app.get(LINE).await.expect(200)["kept_until"].is_i64());
    let back = app.enrolled(erased.reinstalled(10)).await;
    let line = app.get(LINE).await.expect(200);
    assert_eq!(
        (&line["kept_until"], &line["state"]),
        (&Value::Null, &json!("held"))
    );

    let path = format!("/api/v1/devices/{}/forget", back.id());
    assert_eq!(app.post(path, &forget).await.status, 204);
    app.advance(Duration::from_hours(90 * 24));
    tidy(&app.app).await.unwrap();
    let gone = app
        .post(format!("{LINE}/reveal"), &json!({ "reason": "drill" }))
        .await;
    gone.expect_problem(409, "secret_destroyed");
}

#[tokio::test]
async fn it_is_never_sealed_to_the_offline_key() {
    let key = SealingPrivateKey::generate(&mut SeededRng::new(11));
    let app = TestApp::start_sealing_to(Some(key.public_key()), tempfile::tempdir().unwrap()).await;
    enter(&app, LINE, VALUE, false).await.expect(200);
    let shown = reveal(&app, &json!({ "reason": "ticket 4711" })).await;
    assert_eq!(shown["secret"], VALUE);
}
