//! Recovery keys that the server keeps and cannot read.

use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use trust::escrow::{EscrowKind, State};
use wire::escrow::Told;
use wire::offline::Export;
use wire::seal::SealingPrivateKey;

use crate::testing::{FakeMac, SeededRng, TestApp, healthy_mac};

const KEY: &str = "ABCD-2345-EFGH-6789-JKLM-NPQR";
const OTHER_KEY: &str = "ZYXW-9876-VUTR-5432-QPNM-LKJH";

async fn started(key: &SealingPrivateKey) -> TestApp {
    TestApp::start_sealing_to(Some(key.public_key()), tempfile::tempdir().unwrap()).await
}

async fn export(app: &TestApp, mac: &FakeMac, body: &Value) -> Export {
    let path = format!("/api/v1/devices/{}/recovery-key/sealed", mac.id());
    let answer = app.post(path, body).await;
    assert_eq!(answer.headers["cache-control"], "no-store");
    answer.expect(200);
    answer.read_as()
}

#[tokio::test]
async fn the_server_cannot_show_it_and_the_offline_key_opens_it() {
    let key = SealingPrivateKey::generate(&mut SeededRng::new(11));
    let other = SealingPrivateKey::generate(&mut SeededRng::new(12));
    let app = started(&key).await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    mac.escrow_key(&app, 1, OTHER_KEY).await;
    mac.escrow_key(&app, 2, KEY).await;
    let path = format!("/api/v1/devices/{}/recovery-key", mac.id());
    let reason = json!({ "reason": "Ben is locked out" });
    let refused = app.post(format!("{path}/reveal"), &reason).await;
    let told = refused.expect_problem(409, "sealed_offline");
    assert!(!told.to_string().contains(KEY));
    assert_eq!(
        app.get(&path).await.expect(200)["versions"][0]["revealed"],
        json!([])
    );

    let handed = export(&app, &mac, &reason).await;
    assert_eq!(handed.version, 2);
    assert_eq!(handed.open(&key).unwrap().expose_secret(), KEY);
    assert!(handed.open(&other).is_err());
    let former = export(&app, &mac, &json!({ "reason": "drill", "version": 1 })).await;
    assert_eq!(former.open(&key).unwrap().expose_secret(), OTHER_KEY);
    // What was put under another Mac's name, or another version's, opens nothing.
    let mut moved = handed.clone();
    moved.belonging.serial_number = "SERIAL9".to_owned();
    assert!(moved.open(&key).is_err());
    let mut exchanged = handed.clone();
    exchanged.belonging.message_id = former.belonging.message_id;
    assert!(exchanged.open(&key).is_err());

    let shown = app.get(&path).await.expect(200);
    assert_eq!(shown["versions"][0]["revealed"].as_array().unwrap().len(), 1);
    assert_ne!(shown["rotate_after"], Value::Null);
    for file in app.database_files() {
        let bytes = std::fs::read(&file).unwrap();
        assert!(!bytes.windows(KEY.len()).any(|window| window == KEY.as_bytes()));
    }
}

#[tokio::test]
async fn the_same_key_again_is_known_without_being_read() {
    let key = SealingPrivateKey::generate(&mut SeededRng::new(11));
    let app = started(&key).await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    for id in 1..=3 {
        assert_eq!(mac.escrow_key(&app, id, KEY).await.version, Some(1));
    }
    assert_eq!(mac.escrow_key(&app, 4, OTHER_KEY).await.version, Some(2));
    let lost = mac
        .tell_vault(&app, 5, EscrowKind::PersonalRecoveryKey, Told::KeyUnknown)
        .await;
    lost.expect(200);
    let path = format!("/api/v1/devices/{}/recovery-key", mac.id());
    assert_eq!(
        app.get(&path).await.expect(200)["state"],
        State::KeyUnknown.word()
    );
}

#[tokio::test]
async fn what_was_kept_before_there_was_an_offline_key_is_shown_as_before() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    mac.escrow_key(&app, 1, KEY).await;
    let path = format!("/api/v1/devices/{}/recovery-key", mac.id());
    let reason = json!({ "reason": "drill" });
    let refused = app.post(format!("{path}/sealed"), &reason).await;
    refused.expect_invalid(400, "version");
    let shown = app.post(format!("{path}/reveal"), &reason).await.expect(200);
    assert_eq!(shown["secret"], KEY);
    let nothing = app
        .post(format!("{path}/sealed"), &json!({ "reason": " " }))
        .await;
    nothing.expect_invalid(400, "reason");
}

#[tokio::test]
async fn the_same_request_again_hands_nothing_out() {
    let key = SealingPrivateKey::generate(&mut SeededRng::new(11));
    let app = started(&key).await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    mac.escrow_key(&app, 1, KEY).await;
    let path = format!("/api/v1/devices/{}/recovery-key/sealed", mac.id());
    let call = crate::testing::Call::post(path)
        .bearer(&app.token)
        .key("hand-out-once");
    let call = call.json(&json!({ "reason": "drill" }));
    app.send(call.clone()).await.expect(200);
    app.send(call).await.expect_problem(409, "already_revealed");
}

#[tokio::test]
async fn the_page_of_policies_says_that_only_a_schedule_brings_proofs() {
    let key = SealingPrivateKey::generate(&mut SeededRng::new(11));
    let says = async |app: TestApp| {
        let call = crate::testing::Call::get("/policies").header("cookie", app.session().await);
        let page = app.send(call.header("accept", "text/html")).await;
        assert_eq!(page.status, 200, "{}", page.text);
        page.text.contains("sealed to the organisation's offline key")
    };
    assert!(says(started(&key).await).await);
    assert!(!says(TestApp::start().await).await);
}
