//! What becomes of a bootstrap token: what ends a version, and what ends nothing.

use macsim::front::mdm::Message;
use serde_json::Value;
use trust::escrow::State;

use crate::device_management::CHECK_IN;
use crate::testing::{FakeMac, ManagedMac, TestApp, healthy_mac};

const TOKEN: &str = "a token of the first enrolment";
const OTHER: &str = "a token that came later";

async fn start() -> (TestApp, FakeMac) {
    let app = TestApp::start().await;
    let agent = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    (app, agent)
}

/// What the vault says of the token.
async fn kept(app: &TestApp, agent: &FakeMac) -> Value {
    let path = format!("/api/v1/devices/{}/bootstrap-token", agent.id());
    app.get(path).await.expect(200)
}

#[track_caller]
fn stands(kept: &Value, state: State, versions: usize) {
    assert_eq!(kept["state"], state.word(), "{kept}");
    assert_eq!(kept["versions"].as_array().unwrap().len(), versions, "{kept}");
}

async fn set(app: &TestApp, mac: &ManagedMac, token: Option<&str>) {
    let answer = mac.say(app, &Message::SetBootstrapToken(token)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}

/// The token that the Mac is given.
async fn given(app: &TestApp, mac: &ManagedMac) -> Option<Vec<u8>> {
    let answer = mac.say(app, &Message::GetBootstrapToken).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.headers["cache-control"], "no-store");
    let answer = plist::Value::from_reader_xml(answer.text.as_bytes()).unwrap();
    let token = answer.as_dictionary().unwrap().get("BootstrapToken");
    token.map(|token| token.as_data().unwrap().to_vec())
}

#[tokio::test]
async fn a_token_is_kept_encrypted_and_given_back_to_its_mac() {
    let (app, agent) = start().await;
    let mac = ManagedMac::enrolled(&app, &agent).await;
    assert_eq!(given(&app, &mac).await, None);
    set(&app, &mac, Some(TOKEN)).await;
    stands(&kept(&app, &agent).await, State::Held, 1);
    assert_eq!(given(&app, &mac).await.as_deref(), Some(TOKEN.as_bytes()));
    let encoded = {
        use base64::Engine as _;
        base64::engine::general_purpose::STANDARD.encode(TOKEN)
    };
    for file in app.database_files() {
        let bytes = std::fs::read(&file).unwrap();
        for secret in [TOKEN, &encoded, &mac.connection.key[..40]] {
            let found = bytes
                .windows(secret.len())
                .any(|window| window == secret.as_bytes());
            assert!(!found, "{}", file.display());
        }
    }
}

#[tokio::test]
async fn the_same_token_again_is_no_new_version_and_another_one_is() {
    let (app, agent) = start().await;
    let mac = ManagedMac::enrolled(&app, &agent).await;
    set(&app, &mac, Some(TOKEN)).await;
    set(&app, &mac, Some(TOKEN)).await;
    stands(&kept(&app, &agent).await, State::Held, 1);
    set(&app, &mac, Some(OTHER)).await;
    let kept = kept(&app, &agent).await;
    stands(&kept, State::Held, 2);
    assert_eq!(kept["versions"][1]["ended_by"], "escrowed");
    assert_eq!(given(&app, &mac).await.as_deref(), Some(OTHER.as_bytes()));
}

#[tokio::test]
async fn an_empty_message_ends_the_current_version_and_keeps_the_history() {
    let (app, agent) = start().await;
    let mac = ManagedMac::enrolled(&app, &agent).await;
    set(&app, &mac, None).await;
    stands(&kept(&app, &agent).await, State::Empty, 0);
    set(&app, &mac, Some(TOKEN)).await;
    set(&app, &mac, None).await;
    set(&app, &mac, None).await;
    let ended = kept(&app, &agent).await;
    stands(&ended, State::Ended, 1);
    assert_eq!(ended["versions"][0]["ended_by"], "emptied");
    assert_eq!(given(&app, &mac).await, None);
    set(&app, &mac, Some(TOKEN)).await;
    stands(&kept(&app, &agent).await, State::Held, 2);
}

#[tokio::test]
async fn a_mac_that_authenticates_again_keeps_its_token() {
    let (app, agent) = start().await;
    let mac = ManagedMac::enrolled(&app, &agent).await;
    set(&app, &mac, Some(TOKEN)).await;
    mac.enroll(&app).await;
    stands(&kept(&app, &agent).await, State::Held, 1);
    assert_eq!(given(&app, &mac).await.as_deref(), Some(TOKEN.as_bytes()));
}

#[tokio::test]
async fn a_renewed_certificate_keeps_the_token_and_takes_the_place_of_the_old_one() {
    let (app, agent) = start().await;
    let mac = ManagedMac::enrolled(&app, &agent).await;
    set(&app, &mac, Some(TOKEN)).await;
    app.advance(std::time::Duration::from_secs(1));
    let renewed = ManagedMac::with_profile(&app, &agent, true).await;
    assert_ne!(renewed.connection.certificate, mac.connection.certificate);
    // Until the Mac has the new one, it goes on with the old one.
    assert_eq!(given(&app, &mac).await.as_deref(), Some(TOKEN.as_bytes()));
    renewed.enroll(&app).await;
    stands(&kept(&app, &agent).await, State::Held, 1);
    assert_eq!(given(&app, &renewed).await.as_deref(), Some(TOKEN.as_bytes()));
    mac.say(&app, &Message::Idle)
        .await
        .expect_problem(400, "mdm_request_refused");
}

#[tokio::test]
async fn another_enrolment_ends_the_version_and_the_enrolment_before() {
    let (app, agent) = start().await;
    let mac = ManagedMac::enrolled(&app, &agent).await;
    set(&app, &mac, Some(TOKEN)).await;
    let anew = ManagedMac::with_profile(&app, &agent, false).await;
    // A profile that nobody has installed changes nothing.
    stands(&kept(&app, &agent).await, State::Held, 1);
    anew.enroll(&app).await;
    let ended = kept(&app, &agent).await;
    stands(&ended, State::Ended, 1);
    assert_eq!(ended["versions"][0]["ended_by"], "enrolled_anew");
    assert_eq!(given(&app, &anew).await, None);
    mac.say(&app, &Message::SetBootstrapToken(Some(OTHER)))
        .await
        .expect_problem(400, "mdm_request_refused");
    set(&app, &anew, Some(OTHER)).await;
    stands(&kept(&app, &agent).await, State::Held, 2);
}

#[tokio::test]
async fn a_mac_that_leaves_gets_nothing_more_and_the_vault_forgets_nothing() {
    let (app, agent) = start().await;
    let mac = ManagedMac::enrolled(&app, &agent).await;
    set(&app, &mac, Some(TOKEN)).await;
    assert_eq!(mac.say(&app, &Message::CheckOut).await.status, 200);
    stands(&kept(&app, &agent).await, State::Held, 1);
    for message in [
        Message::Authenticate,
        Message::GetBootstrapToken,
        Message::SetBootstrapToken(None),
        Message::Idle,
    ] {
        mac.say(&app, &message)
            .await
            .expect_problem(400, "mdm_request_refused");
    }
    stands(&kept(&app, &agent).await, State::Held, 1);
    let path = format!("/api/v1/devices/{}/mdm-enrolment", agent.id());
    let shown = app.get(path).await.expect(200);
    assert_eq!(shown["state"], "left");
    assert!(shown["enrolments"][0]["ended_at"].is_i64());
}

#[tokio::test]
async fn an_agent_that_is_installed_anew_ends_the_token_and_not_the_enrolment() {
    let (app, agent) = start().await;
    let mac = ManagedMac::enrolled(&app, &agent).await;
    set(&app, &mac, Some(TOKEN)).await;
    let mut again = agent.reinstalled(7);
    again.enroll(&app).await;
    // Until somebody approves, the Mac is who it was.
    assert_eq!(given(&app, &mac).await.as_deref(), Some(TOKEN.as_bytes()));
    let path = format!("/api/v1/devices/{}/approve", again.id());
    app.post(path, &Value::Null).await.expect(200);
    stands(&kept(&app, &again).await, State::Ended, 1);
    set(&app, &mac, Some(OTHER)).await;
    stands(&kept(&app, &again).await, State::Held, 2);
}

#[tokio::test]
async fn what_is_asked_of_nobody_is_answered_as_the_protocol_says() {
    let (app, agent) = start().await;
    let mac = ManagedMac::enrolled(&app, &agent).await;
    let idle = mac.say(&app, &Message::Idle).await;
    assert_eq!((idle.status.as_u16(), idle.text.as_str()), (200, ""));
    let body = |kind: &str| {
        let udid = &agent.identity.hardware_uuid;
        format!(
            "<plist><dict><key>MessageType</key><string>{kind}</string><key>UDID</key><string>{udid}</string></dict></plist>"
        )
    };
    for (kind, status) in [("UserAuthenticate", 410), ("DeclarativeManagement", 400)] {
        let body = body(kind);
        let answer = mac
            .send(&app, CHECK_IN, body.as_bytes(), &mac.signature(body.as_bytes()))
            .await;
        assert_eq!(answer.status, status, "{kind}: {}", answer.text);
    }
}
