//! A recovery key that somebody else has to approve.

use axum::http::Method;
use serde_json::json;

use super::signed_in::SignedIn;
use crate::testing::{Answer, Call, FakeMac, TestApp, healthy_mac};

const KEY: &str = "ABCD-2345-EFGH-6789-JKLM-NPQR";

/// A server whose policy is on, and a Mac whose key is kept. Answers the address of its page.
async fn with_policy(app: &TestApp) -> String {
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    mac.escrow_key(app, 1, KEY).await;
    let put = Call::new(Method::PUT, "/api/v1/policies/reveals-need-approval").bearer(&app.token);
    let put = put.key("turn-on-1").json(&json!({ "enabled": true }));
    app.send(put).await.expect(200);
    format!("/devices/{}/recovery-key", mac.id())
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
    app.advance(std::time::Duration::from_hours(1));
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
