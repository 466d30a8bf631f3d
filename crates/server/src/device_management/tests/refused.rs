//! Requests of nobody, of another Mac and of a changed body; and profiles that are not made.

use macsim::front::mdm::{Message, body};
use serde_json::json;

use crate::device_management::{CHECK_IN, POLL};
use crate::testing::{Call, FakeMac, ManagedMac, TestApp, healthy_mac};

async fn start() -> (TestApp, FakeMac) {
    let app = TestApp::start().await;
    let agent = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    (app, agent)
}

fn profile_of(agent: &FakeMac) -> String {
    format!("/api/v1/devices/{}/mdm-enrolment/profile", agent.id())
}

#[tokio::test]
async fn whoever_does_not_sign_is_nobody() {
    let (app, agent) = start().await;
    let mac = ManagedMac::enrolled(&app, &agent).await;
    let said = body(&mac.mac, &mac.connection.topic, &Message::GetBootstrapToken);
    for path in [CHECK_IN, POLL] {
        let unsigned = app
            .send(Call::put(path, "application/x-apple-aspen-mdm", &said))
            .await;
        unsigned.expect_problem(400, "mdm_request_refused");
        for signature in ["", "AAAA", "%%%"] {
            mac.send(&app, path, &said, signature)
                .await
                .expect_problem(400, "mdm_request_refused");
        }
    }
}

#[tokio::test]
async fn a_signature_is_over_one_body_only() {
    let (app, agent) = start().await;
    let mac = ManagedMac::enrolled(&app, &agent).await;
    let token = body(
        &mac.mac,
        &mac.connection.topic,
        &Message::SetBootstrapToken(Some("x")),
    );
    let none = body(&mac.mac, &mac.connection.topic, &Message::SetBootstrapToken(None));
    let answer = mac.send(&app, CHECK_IN, &none, &mac.signature(&token)).await;
    answer.expect_problem(400, "mdm_request_refused");
}

#[tokio::test]
async fn a_certificate_that_the_server_did_not_make_counts_for_nothing() {
    let (app, agent) = start().await;
    let (other_app, other_agent) = start().await;
    let mac = ManagedMac::enrolled(&app, &agent).await;
    // Both servers of this test draw alike, so that only what is drawn later differs.
    let _ = ManagedMac::with_profile(&other_app, &other_agent, false).await;
    let stranger = ManagedMac::with_profile(&other_app, &other_agent, false).await;
    assert_ne!(stranger.connection.certificate, mac.connection.certificate);
    for message in [
        Message::Authenticate,
        Message::TokenUpdate,
        Message::GetBootstrapToken,
        Message::Idle,
    ] {
        let answer = stranger.say(&app, &message).await;
        answer.expect_problem(400, "mdm_request_refused");
    }
}

#[tokio::test]
async fn a_profile_on_another_mac_enrols_nobody_and_takes_nothing() {
    let (app, agent) = start().await;
    let mac = ManagedMac::enrolled(&app, &agent).await;
    mac.say(&app, &Message::SetBootstrapToken(Some("the token")))
        .await;
    let mut thief = ManagedMac::with_profile(&app, &agent, false).await;
    thief.mac.hardware.serial = "ANOTHER".to_owned();
    thief
        .say(&app, &Message::Authenticate)
        .await
        .expect_problem(400, "mdm_another_mac");
    // With the right numbers in the first message only, it is refused as well; so is one that never authenticates.
    let mut liar = mac.clone();
    liar.mac.hardware.uuid = "00000000-0000-4000-8000-000000000009".to_owned();
    for message in [
        Message::Authenticate,
        Message::GetBootstrapToken,
        Message::SetBootstrapToken(None),
    ] {
        liar.say(&app, &message)
            .await
            .expect_problem(400, "mdm_another_mac");
    }
    liar.say(&app, &Message::Idle)
        .await
        .expect_problem(400, "mdm_request_refused");
    let kept = app
        .get(format!("/api/v1/devices/{}/bootstrap-token", agent.id()))
        .await
        .expect(200);
    assert_eq!(kept["state"], "held");
}

#[tokio::test]
async fn a_profile_that_was_not_installed_says_nothing_of_its_mac() {
    let (app, agent) = start().await;
    let mac = ManagedMac::with_profile(&app, &agent, false).await;
    for message in [
        Message::TokenUpdate,
        Message::GetBootstrapToken,
        Message::SetBootstrapToken(Some("x")),
        Message::Idle,
    ] {
        mac.say(&app, &message)
            .await
            .expect_problem(400, "mdm_request_refused");
    }
}

#[tokio::test]
async fn a_profile_is_shown_once() {
    let (app, agent) = start().await;
    let call = Call::post(profile_of(&agent))
        .bearer(&app.token)
        .key("profile-key-1")
        .json(&json!({}));
    let made = app.send(call.clone()).await;
    assert_eq!(made.status, 201, "{}", made.text);
    assert_eq!(made.headers["content-type"], "application/x-apple-aspen-config");
    assert_eq!(made.headers["cache-control"], "no-store");
    app.send(call).await.expect_problem(409, "already_revealed");
    let other = Call::post(profile_of(&agent))
        .bearer(&app.token)
        .key("profile-key-1");
    app.send(other.json(&json!({ "renew": true })))
        .await
        .expect_problem(409, "idempotency_key_reused");
}

#[tokio::test]
async fn nothing_is_renewed_that_is_not_enrolled_and_nothing_made_for_who_waits() {
    let (app, agent) = start().await;
    let renew = json!({ "renew": true });
    app.post(profile_of(&agent), &renew)
        .await
        .expect_problem(409, "mdm_not_enrolled");
    let mac = ManagedMac::enrolled(&app, &agent).await;
    mac.say(&app, &Message::CheckOut).await;
    app.post(profile_of(&agent), &renew)
        .await
        .expect_problem(409, "mdm_not_enrolled");
    let mut again = agent.reinstalled(9);
    again.enroll(&app).await;
    app.post(profile_of(&again), &json!({}))
        .await
        .expect_problem(409, "device_pending");
    let foreign = app.foreign_token().await;
    let call = Call::post(profile_of(&agent))
        .bearer(&foreign)
        .key("profile-key-2")
        .json(&json!({}));
    app.send(call).await.expect_problem(404, "not_found");
    app.post(profile_of(&agent), &json!({ "renew": "yes" }))
        .await
        .expect_invalid(400, "renew");
}

#[tokio::test]
async fn a_body_that_is_too_long_is_not_read() {
    let (app, _) = start().await;
    let long = vec![b' '; 300 * 1024];
    let answer = app
        .send(Call::put(
            CHECK_IN,
            "application/x-apple-aspen-mdm-checkin",
            &long,
        ))
        .await;
    assert_eq!(answer.status, 413, "{}", answer.text);
}
