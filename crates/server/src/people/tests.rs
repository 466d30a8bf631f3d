//! People: added, invited, changed, removed.

use axum::http::Method;
use serde_json::json;

use crate::testing::{Call, TestApp};

async fn add(app: &TestApp, name: &str, role: &str) -> serde_json::Value {
    let body = json!({ "name": name, "role": role });
    app.post("/api/v1/people", &body).await.expect(201)
}

#[tokio::test]
async fn somebody_is_added_and_chooses_a_password() {
    let app = TestApp::start().await;
    let invitation = add(&app, "Grace@example.org", "help_desk").await;
    let people = app.get("/api/v1/people").await.expect(200);
    assert_eq!(people["items"][0]["name"], "grace@example.org");
    assert_eq!(people["items"][0]["has_password"], false);
    let cookie = app.accept(&invitation, "a long sentence").await;
    let people = app.get("/api/v1/people").await.expect(200);
    assert_eq!(people["items"][0]["has_password"], true);
    let call = |path: &str| Call::get(path).header("cookie", cookie.clone());
    app.send(call("/api/v1/devices")).await.expect(200);
    app.send(call("/api/v1/audit"))
        .await
        .expect_problem(403, "role_missing");
    let sessions = app.get("/api/v1/sessions").await.expect(200);
    assert_eq!(sessions["items"][0]["person"], "grace@example.org");
    let path = invitation["path"].as_str().unwrap();
    assert_eq!(app.send(Call::get(path)).await.status, 404);
}

#[tokio::test]
async fn an_invitation_is_shown_once_and_the_last_one_counts() {
    let app = TestApp::start().await;
    let call = Call::post("/api/v1/people").bearer(&app.token).key("add-grace-1");
    let call = call.json(&json!({ "name": "grace", "role": "viewer" }));
    let first = app.send(call.clone()).await.expect(201);
    app.send(call).await.expect_problem(409, "already_revealed");
    let body = json!({ "name": "GRACE", "role": "owner" });
    app.post("/api/v1/people", &body)
        .await
        .expect_problem(409, "name_taken");

    let id = first["person_id"].as_str().unwrap();
    let again = app
        .post(format!("/api/v1/people/{id}/invitation"), &json!({}))
        .await;
    let second = again.expect(201);
    assert_eq!(
        app.send(Call::get(first["path"].as_str().unwrap())).await.status,
        404
    );
    assert_eq!(
        app.send(Call::get(second["path"].as_str().unwrap())).await.status,
        200
    );
    app.advance(std::time::Duration::from_hours(3 * 24));
    assert_eq!(
        app.send(Call::get(second["path"].as_str().unwrap())).await.status,
        404
    );
}

#[tokio::test]
async fn a_role_holds_from_the_next_request_on_and_who_is_removed_is_out() {
    let app = TestApp::start().await;
    let grace = add(&app, "grace", "viewer").await;
    let cookie = app.accept(&grace, "a long sentence").await;
    let audit = Call::get("/api/v1/audit").header("cookie", cookie.clone());
    app.send(audit.clone()).await.expect_problem(403, "role_missing");
    let path = format!("/api/v1/people/{}", grace["person_id"].as_str().unwrap());
    let call = Call::new(Method::PUT, format!("{path}/role")).bearer(&app.token);
    let call = call.key("set-role-1").json(&json!({ "role": "auditor" }));
    assert_eq!(app.send(call).await.status, 204);
    app.send(audit.clone()).await.expect(200);
    let remove = Call::new(Method::DELETE, path).bearer(&app.token).key("remove-1");
    for _ in 0..2 {
        assert_eq!(app.send(remove.clone()).await.status, 204);
    }
    app.send(audit).await.expect_problem(401, "not_signed_in");
    let log = app.get("/api/v1/audit").await.expect(200);
    let verbs: Vec<_> = log["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["verb"].as_str().unwrap())
        .collect();
    assert_eq!(
        verbs,
        [
            "person.removed",
            "person.role_changed",
            "session.signed_in",
            "person.password_chosen",
            "person.added",
            "api_token.created"
        ]
    );
}

#[tokio::test]
async fn the_last_owner_stays() {
    let app = TestApp::start().await;
    let grace = add(&app, "grace", "owner").await;
    app.accept(&grace, "a long sentence").await;
    let path = format!("/api/v1/people/{}", grace["person_id"].as_str().unwrap());
    let remove = || {
        Call::new(Method::DELETE, path.clone())
            .bearer(&app.token)
            .key(&app.fresh_key())
    };
    app.send(remove()).await.expect_problem(409, "last_owner");
    let demote = Call::new(Method::PUT, format!("{path}/role")).bearer(&app.token);
    let demote = demote.key("demote-1").json(&json!({ "role": "viewer" }));
    app.send(demote).await.expect_problem(409, "last_owner");
    // Somebody who was invited as an owner and never came can be taken off again.
    let eve = add(&app, "eve", "owner").await;
    let path_of_eve = format!("/api/v1/people/{}", eve["person_id"].as_str().unwrap());
    let remove_eve = Call::new(Method::DELETE, path_of_eve)
        .bearer(&app.token)
        .key("remove-eve");
    assert_eq!(app.send(remove_eve).await.status, 204);
    let ada = add(&app, "ada", "owner").await;
    // Whoever has not chosen a password cannot sign in, and is no owner to rely on.
    app.send(remove()).await.expect_problem(409, "last_owner");
    app.accept(&ada, "another long sentence").await;
    assert_eq!(app.send(remove()).await.status, 204);
}

#[tokio::test]
async fn an_invitation_ends_with_the_role_that_it_was_for() {
    let app = TestApp::start().await;
    let grace = add(&app, "grace", "viewer").await;
    let path = format!("/api/v1/people/{}/role", grace["person_id"].as_str().unwrap());
    let set_role = |role: &str| {
        let call = Call::new(Method::PUT, path.clone()).bearer(&app.token);
        call.key(&app.fresh_key()).json(&json!({ "role": role }))
    };
    let link = grace["path"].as_str().unwrap();
    assert_eq!(app.send(set_role("viewer")).await.status, 204);
    assert_eq!(app.send(Call::get(link)).await.status, 200);
    assert_eq!(app.send(set_role("owner")).await.status, 204);
    assert_eq!(app.send(Call::get(link)).await.status, 404);
}

#[tokio::test]
async fn people_are_listed_a_page_at_a_time() {
    let app = TestApp::start().await;
    for name in ["grace", "ada", "eve"] {
        add(&app, name, "viewer").await;
    }
    let first = app.get("/api/v1/people?limit=2").await.expect(200);
    let names = |page: &serde_json::Value| -> Vec<String> {
        let items = page["items"].as_array().unwrap().iter();
        items
            .map(|item| item["name"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(names(&first), ["ada", "eve"]);
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = app.get(format!("/api/v1/people?limit=2&cursor={cursor}")).await;
    let second = second.expect(200);
    assert_eq!(names(&second), ["grace"]);
    assert_eq!(second["next_cursor"], serde_json::Value::Null);
    app.get("/api/v1/people?cursor=x")
        .await
        .expect_invalid(400, "cursor");
}

#[tokio::test]
async fn a_session_is_ended_by_somebody_else() {
    let app = TestApp::start().await;
    let grace = add(&app, "grace", "viewer").await;
    let cookie = app.accept(&grace, "a long sentence").await;
    let sessions = app.get("/api/v1/sessions").await.expect(200);
    assert_eq!(sessions["items"][0]["address"], serde_json::Value::Null);
    assert_eq!(sessions["items"][0]["is_own"], false);
    let path = format!(
        "/api/v1/sessions/{}",
        sessions["items"][0]["id"].as_str().unwrap()
    );
    let end = Call::new(Method::DELETE, path).bearer(&app.token);
    assert_eq!(app.send(end.clone().key("end-session-1")).await.status, 204);
    let call = Call::get("/api/v1/devices").header("cookie", cookie);
    app.send(call).await.expect_problem(401, "not_signed_in");
    app.send(end.key("end-session-2"))
        .await
        .expect_problem(404, "not_found");
}

#[tokio::test]
async fn people_of_another_organisation_are_not_there() {
    let app = TestApp::start().await;
    let grace = add(&app, "grace", "viewer").await;
    app.accept(&grace, "a long sentence").await;
    let foreign = app.foreign_token().await;
    let people = app
        .send(Call::get("/api/v1/people").bearer(&foreign))
        .await
        .expect(200);
    assert_eq!(people["items"], json!([]));
    let sessions = app
        .send(Call::get("/api/v1/sessions").bearer(&foreign))
        .await
        .expect(200);
    assert_eq!(sessions["items"], json!([]));
    let path = format!("/api/v1/people/{}", grace["person_id"].as_str().unwrap());
    let remove = Call::new(Method::DELETE, path).bearer(&foreign).key("remove-1");
    app.send(remove).await.expect_problem(404, "not_found");
}
