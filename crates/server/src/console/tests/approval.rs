//! Secrets of which somebody else has to approve that they are shown.

use axum::http::Method;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::ExposeSecret as _;
use serde_json::json;
use trust::escrow::EscrowKind;
use wire::offline::Export;
use wire::seal::SealingPrivateKey;

use super::signed_in::SignedIn;
use crate::testing::{Answer, Call, FakeMac, SeededRng, TestApp, healthy_mac};

const KEY: &str = "ABCD-2345-EFGH-6789-JKLM-NPQR";
const PASSWORD: &str = "aB2dEf3hJk4mNp5rSt6v";

async fn turn_on(app: &TestApp) {
    let put = Call::new(Method::PUT, "/api/v1/policies/reveals-need-approval").bearer(&app.token);
    let put = put.key("turn-on-1").json(&json!({ "enabled": true }));
    app.send(put).await.expect(200);
}

/// A server whose policy is on, and a Mac whose key is kept. Answers the address of its page.
async fn with_policy(app: &TestApp) -> String {
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    mac.escrow_key(app, 1, KEY).await;
    turn_on(app).await;
    format!("/devices/{}/recovery-key", mac.id())
}

/// Somebody asks on a page, somebody else approves on the same page, and the secret is shown once, to whoever asked.
async fn shown_by_two(app: &TestApp, page: &str, secret: &str) {
    let ada = SignedIn::new(app, "ada", "administrator").await;
    let ben = SignedIn::new(app, "ben", "owner").await;
    let first = "has to approve first";
    assert!(ada.read(page).await.contains(first), "it is told before");
    let asked = ask(&ada, page).await;
    assert_eq!(asked.status, 200, "{}", asked.text);
    assert!(!asked.text.contains(secret), "{}", asked.text);
    let request = request_on(&ben, page).await.unwrap();
    let own = approve(&ada, page, &request).await;
    assert_eq!(own.status, 409, "{}", own.text);
    let approved = approve(&ben, page, &request).await;
    assert_eq!(approved.status, 303, "{}", approved.text);
    assert_eq!(approved.headers["location"], page);
    let approved = ada.read(page).await;
    assert!(
        approved.contains("Approved by ") && !approved.contains(first),
        "{approved}"
    );
    assert!(ask(&ada, page).await.text.contains(secret));
    assert!(!ask(&ada, page).await.text.contains(secret), "once");
}

async fn ask(person: &SignedIn<'_>, page: &str) -> Answer {
    person
        .send(page, page, &[("reason", "Ben is locked out"), ("version", "1")])
        .await
}

/// The request that the page shows, as the one who may approve it sees it.
async fn request_on(person: &SignedIn<'_>, page: &str) -> Option<String> {
    let text = person.read(page).await;
    let request = text.split("name=\"request\" value=\"").nth(1)?;
    Some(request.split('"').next().unwrap().to_owned())
}

async fn approve(person: &SignedIn<'_>, page: &str, request: &str) -> Answer {
    person
        .send(page, &format!("{page}/approve"), &[("request", request)])
        .await
}

#[tokio::test]
async fn it_is_shown_once_after_somebody_else_approved() {
    let app = TestApp::start().await;
    let page = with_policy(&app).await;
    let grace = SignedIn::new(&app, "grace", "administrator").await;
    let eve = SignedIn::new(&app, "eve", "administrator").await;
    let asked = ask(&grace, &page).await;
    assert_eq!(asked.status, 200, "{}", asked.text);
    assert!(
        !asked.text.contains(KEY) && asked.text.contains("Who asks to see it"),
        "{}",
        asked.text
    );
    // Asking again makes no second request, and she cannot approve her own.
    ask(&grace, &page).await;
    assert_eq!(request_on(&grace, &page).await, None);
    let request = request_on(&eve, &page).await.unwrap();
    let own = approve(&grace, &page, &request).await;
    assert_eq!(own.status, 409, "{}", own.text);
    assert!(own.text.contains("approval_by_oneself"), "{}", own.text);
    assert!(!ask(&grace, &page).await.text.contains(KEY));

    assert_eq!(approve(&eve, &page, &request).await.status, 303);
    assert_eq!(approve(&eve, &page, &request).await.status, 404);
    // What was approved for one is not for the other.
    assert!(!ask(&eve, &page).await.text.contains(KEY));
    assert!(ask(&grace, &page).await.text.contains(KEY));
    assert!(!ask(&grace, &page).await.text.contains(KEY));
    let audit = app.get("/api/v1/audit").await.expect(200);
    let verbs: Vec<_> = audit["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| &entry["verb"])
        .collect();
    for verb in ["escrow.reveal_asked", "escrow.reveal_approved", "escrow.revealed"] {
        assert!(verbs.iter().any(|known| *known == verb), "{verb}: {verbs:?}");
    }
}

#[tokio::test]
async fn an_approval_is_good_for_an_hour_and_tokens_are_shown_nothing() {
    let app = TestApp::start().await;
    let page = with_policy(&app).await;
    let grace = SignedIn::new(&app, "grace", "administrator").await;
    let eve = SignedIn::new(&app, "eve", "owner").await;
    ask(&grace, &page).await;
    let request = request_on(&eve, &page).await.unwrap();
    assert_eq!(approve(&eve, &page, &request).await.status, 303);
    for _ in 0..2 {
        app.advance(std::time::Duration::from_mins(30));
        // A session that nobody uses for an hour ends as well.
        grace.read(&page).await;
    }
    crate::jobs::tidy(&app.app).await.unwrap();
    assert!(!ask(&grace, &page).await.text.contains(KEY));
    let path = format!("/api/v1{page}/reveal");
    let refused = app.post(path, &json!({ "reason": "drill" })).await;
    refused.expect_problem(409, "approval_needs_person");
}

#[tokio::test]
async fn whoever_may_reveal_cannot_turn_the_second_person_off() {
    let app = TestApp::start().await;
    let page = with_policy(&app).await;
    let grace = SignedIn::new(&app, "grace", "administrator").await;
    let off = [("enabled", "false")];
    let refused = grace.send(&page, "/policies/reveals-need-approval", &off).await;
    assert_eq!(refused.status, 403, "{}", refused.text);
}

#[tokio::test]
async fn a_local_administrators_password_is_approved_on_its_page() {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let kind = EscrowKind::LocalAdministratorPassword;
    let told = mac.sealed_as(&app, 1, kind, PASSWORD, None).await;
    mac.tell_vault(&app, 1, kind, told).await.expect(200);
    turn_on(&app).await;
    let page = format!("/devices/{}/local-administrator", mac.id());
    shown_by_two(&app, &page, PASSWORD).await;
}

#[tokio::test]
async fn a_line_without_a_mac_is_approved_on_its_page() {
    let app = TestApp::start().await;
    let page = with_policy(&app).await;
    let body = json!({ "confirm_device_name": "Mac 1", "reason": "sold" });
    let device = page.trim_end_matches("/recovery-key");
    let gone = app.post(format!("/api/v1{device}/forget"), &body).await;
    assert_eq!(gone.status, 204, "{}", gone.text);
    shown_by_two(&app, "/vault/SERIAL1/personal_recovery_key", KEY).await;
}

#[tokio::test]
async fn a_password_that_somebody_entered_is_approved_on_its_page() {
    let app = TestApp::start().await;
    let body = json!({ "value": PASSWORD });
    let path = "/api/v1/vault/lines/SERIAL1/recovery_lock/enter";
    app.post(path, &body).await.expect(200);
    turn_on(&app).await;
    shown_by_two(&app, "/vault/SERIAL1/recovery_lock", PASSWORD).await;
}

#[tokio::test]
async fn an_approval_of_one_line_shows_nothing_of_another() {
    let app = TestApp::start().await;
    let page = with_policy(&app).await;
    let other = app.enrolled(FakeMac::new(2, healthy_mac())).await;
    other.escrow_key(&app, 2, KEY).await;
    let grace = SignedIn::new(&app, "grace", "administrator").await;
    let eve = SignedIn::new(&app, "eve", "administrator").await;
    ask(&grace, &page).await;
    let request = request_on(&eve, &page).await.unwrap();
    let elsewhere = format!("/devices/{}/recovery-key", other.id());
    assert_eq!(approve(&eve, &elsewhere, &request).await.status, 404);
    assert_eq!(approve(&eve, &page, &request).await.status, 303);
    assert!(!ask(&grace, &elsewhere).await.text.contains(KEY));
}

#[tokio::test]
async fn a_sealed_key_is_handed_out_after_somebody_else_approved() {
    let key = SealingPrivateKey::generate(&mut SeededRng::new(11));
    let app = TestApp::start_sealing_to(Some(key.public_key()), tempfile::tempdir().unwrap()).await;
    let page = with_policy(&app).await;
    let grace = SignedIn::new(&app, "grace", "administrator").await;
    let eve = SignedIn::new(&app, "eve", "administrator").await;
    let path = format!("/api/v1{page}/sealed");
    let by_token = app.post(&path, &json!({ "reason": "Ben is locked out" })).await;
    by_token.expect_problem(409, "approval_needs_person");
    let before = grace.read(&page).await;
    assert!(
        before.contains("sealed to it") && before.contains("has to approve first"),
        "{before}"
    );
    assert_eq!(file_on(&ask(&grace, &page).await), None);
    let request = request_on(&eve, &page).await.unwrap();
    assert_eq!(approve(&eve, &page, &request).await.status, 303);
    let export = file_on(&ask(&grace, &page).await).unwrap();
    assert_eq!(export.open(&key).unwrap().expose_secret(), KEY);
    assert_eq!(file_on(&ask(&grace, &page).await), None, "once");
}

/// The file that a page has for `bestow open-escrow`.
fn file_on(page: &Answer) -> Option<Export> {
    assert_eq!(page.status, 200, "{}", page.text);
    let data = page.text.split("href=\"data:application/json;base64,").nth(1)?;
    let data = STANDARD.decode(data.split('"').next().unwrap()).unwrap();
    Some(serde_json::from_slice(&data).unwrap())
}
