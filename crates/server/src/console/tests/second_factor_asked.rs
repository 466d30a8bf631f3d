//! The organisation asks a second factor of whoever sees secrets.

use axum::http::Method;
use serde_json::json;

use super::second_factor::set_up;
use super::signed_in::SignedIn;
use crate::testing::{Call, TestApp};

async fn turn(app: &TestApp, is_on: bool) {
    let put = Call::new(Method::PUT, "/api/v1/policies/second-factor-for-reveals");
    let put = put.bearer(&app.token).key(&app.fresh_key());
    app.send(put.json(&json!({ "enabled": is_on }))).await.expect(200);
}

#[tokio::test]
async fn who_has_none_is_led_to_set_it_up_and_nothing_else_opens_until_then() {
    let app = TestApp::start().await;
    let grace = SignedIn::new(&app, "grace", "administrator").await;
    grace.read("/").await;
    turn(&app, true).await;
    for page in ["/", "/policies", "/people"] {
        let refused = grace.open(page).await;
        assert_eq!(refused.status, 403, "{page}: {}", refused.text);
        let leads = "href=\"/account#second-factor\"";
        assert!(refused.text.contains("You need a second factor first"), "{page}");
        assert!(refused.text.contains(leads), "{page}: {}", refused.text);
    }
    let asked = Call::get("/api/v1/devices").header("cookie", &grace.cookie);
    assert_eq!(app.send(asked).await.expect(403)["code"], "second_factor_needed");
    assert!(grace.read("/account").await.contains("nothing else opens"));
    set_up(&app, &grace).await;
    grace.read("/").await;
    assert!(!grace.read("/account").await.contains("nothing else opens"));
}

#[tokio::test]
async fn it_is_asked_of_owners_and_of_nobody_who_sees_no_secrets() {
    let app = TestApp::start().await;
    turn(&app, true).await;
    for (role, status) in [
        ("viewer", 200),
        ("help_desk", 200),
        ("auditor", 200),
        ("owner", 403),
    ] {
        let name = format!("{}-1", role.replace('_', "-"));
        let person = SignedIn::new(&app, &name, role).await;
        assert_eq!(person.open("/").await.status, status, "{role}");
        turn(&app, false).await;
        assert_eq!(person.open("/").await.status, 200, "{role}");
        turn(&app, true).await;
    }
    // Programs have none, and whoever came by a link of the server's operator has no name.
    app.get("/api/v1/devices").await.expect(200);
    let by_link = Call::get("/").header("cookie", app.session().await);
    assert_eq!(app.send(by_link).await.status, 200);
}
