//! Tokens of programs, with scopes.

use std::time::Duration;

use axum::http::Method;
use serde_json::json;

use crate::testing::{Call, TestApp};

async fn create(app: &TestApp, body: serde_json::Value) -> String {
    let made = app.post("/api/v1/api-tokens", &body).await.expect(201);
    made["token"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn scopes_narrow_what_the_role_brings() {
    let app = TestApp::start().await;
    let body = json!({ "name": "nightly", "role": "administrator", "scopes": ["read", "enrol"] });
    let token = create(&app, body).await;
    app.send(Call::get("/api/v1/devices").bearer(&token))
        .await
        .expect(200);
    let audit = app.send(Call::get("/api/v1/audit").bearer(&token)).await;
    audit.expect_problem(403, "role_missing");
    let secret = Call::post("/api/v1/enrolment-secrets")
        .bearer(&token)
        .key("secret-1");
    app.send(secret.json(&json!({}))).await.expect(201);
    let listed = app.get("/api/v1/api-tokens").await.expect(200);
    assert_eq!(listed["items"][1]["name"], "nightly");
    assert_eq!(listed["items"][1]["scopes"], json!(["read", "enrol"]));
    assert!(!listed.to_string().contains(&token));
}

#[tokio::test]
async fn nobody_gives_what_he_has_not() {
    let app = TestApp::start().await;
    let body = json!({ "name": "people", "role": "owner", "scopes": ["read", "manage_people"] });
    let token = create(&app, body).await;
    let ask = |path: &str, body: serde_json::Value| {
        let call = Call::post(path).bearer(&token).key(&app.fresh_key());
        app.send(call.json(&body))
    };
    let more = ask("/api/v1/api-tokens", json!({ "name": "more", "role": "owner" })).await;
    more.expect_problem(403, "role_missing");
    let owner = ask("/api/v1/people", json!({ "name": "eve", "role": "owner" })).await;
    owner.expect_problem(403, "role_missing");
    let viewer = ask("/api/v1/people", json!({ "name": "eve", "role": "viewer" })).await;
    viewer.expect(201);
}

#[tokio::test]
async fn a_token_ends_by_time_and_by_somebody() {
    let app = TestApp::start().await;
    let body = json!({ "name": "short", "role": "viewer", "valid_for_s": 60 });
    let short = create(&app, body).await;
    let long = create(&app, json!({ "name": "long", "role": "viewer" })).await;
    let devices = |token: &str| Call::get("/api/v1/devices").bearer(token);
    app.send(devices(&short)).await.expect(200);
    app.advance(Duration::from_secs(60));
    app.send(devices(&short))
        .await
        .expect_problem(401, "not_signed_in");
    // Its name is free again.
    let again = json!({ "name": "short", "role": "viewer", "valid_for_s": 60 });
    create(&app, again).await;
    app.advance(Duration::from_secs(60));
    crate::jobs::tidy(&app.app).await.unwrap();
    let first = app.get("/api/v1/api-tokens?limit=1").await.expect(200);
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = app
        .get(format!("/api/v1/api-tokens?limit=1&cursor={cursor}"))
        .await;
    let second = second.expect(200);
    let names = [&first["items"], &second["items"]].map(|items| items[0]["name"].clone());
    assert_eq!(names, ["administrator", "long"]);
    assert_eq!(second["next_cursor"], json!(null));
    let end = Call::new(Method::DELETE, "/api/v1/api-tokens/long").bearer(&app.token);
    assert_eq!(app.send(end.clone().key("revoke-1")).await.status, 204);
    app.send(devices(&long))
        .await
        .expect_problem(401, "not_signed_in");
    app.send(end.key("revoke-2"))
        .await
        .expect_problem(404, "not_found");
}

#[tokio::test]
async fn what_makes_no_sense_is_refused() {
    let app = TestApp::start().await;
    for (body, field) in [
        (json!({ "name": "", "role": "viewer" }), "name"),
        (json!({ "name": "a b", "role": "viewer" }), "name"),
        (json!({ "name": "x", "role": "king" }), "role"),
        (json!({ "name": "x", "role": "viewer", "scopes": [] }), "scopes"),
        (
            json!({ "name": "x", "role": "viewer", "scopes": ["act"] }),
            "scopes",
        ),
        (
            json!({ "name": "x", "role": "viewer", "valid_for_s": 0 }),
            "valid_for_s",
        ),
    ] {
        app.post("/api/v1/api-tokens", &body)
            .await
            .expect_invalid(400, field);
    }
    let body = json!({ "name": "administrator", "role": "viewer" });
    app.post("/api/v1/api-tokens", &body)
        .await
        .expect_problem(409, "name_taken");
}
