//! Who gets in: every operation of the API asks who is there.

use axum::http::Method;

use crate::testing::{Call, TestApp};
use crate::tests::operations::{example, operations};

/// What is open to all: it tells nothing about anybody's devices.
const PUBLIC: [&str; 2] = ["/api/v1/codes", "/api/v1/codes/{code}"];

#[tokio::test]
async fn nobody_gets_in_anywhere() {
    let app = TestApp::start().await;
    let operations = operations();
    assert!(operations.len() >= 15, "{operations:?}");
    for (method, path, is_public) in operations {
        assert_eq!(is_public, PUBLIC.contains(&path.as_str()), "{method} {path}");
        if is_public {
            continue;
        }
        let strangers = [
            Call::new(method.clone(), example(&path)),
            Call::new(method.clone(), example(&path)).bearer("bestow_api_guess"),
            Call::new(method.clone(), example(&path)).bearer(""),
            Call::new(method.clone(), example(&path)).header("cookie", "bestow_session=guess"),
            Call::new(method.clone(), example(&path)).header("authorization", "Basic YTpi"),
        ];
        for stranger in strangers {
            let call = stranger.key("some-key-1").raw_json("{}");
            let problem = app.send(call).await.expect_problem(401, "not_signed_in");
            assert_eq!(problem["type"], "/api/v1/codes/not_signed_in", "{method} {path}");
        }
    }
}

#[tokio::test]
async fn who_is_there_is_asked_before_what_is_wanted() {
    let app = TestApp::start().await;
    for (method, path, is_public) in operations() {
        if is_public || method == Method::GET {
            continue;
        }
        let answer = app.send(Call::new(method, example(&path))).await;
        answer.expect_problem(401, "not_signed_in");
    }
}

#[tokio::test]
async fn a_session_gets_in_until_it_ends() {
    let app = TestApp::start().await;
    let call = Call::get("/api/v1/devices").header("cookie", app.session().await);
    app.send(call.clone()).await.expect(200);
    app.advance(std::time::Duration::from_hours(12));
    app.send(call).await.expect_problem(401, "not_signed_in");
}

#[tokio::test]
async fn what_is_not_there_is_a_problem() {
    let app = TestApp::start().await;
    app.get("/api/v1/nothing").await.expect_problem(404, "not_found");
    app.get("/agent/v1/nothing")
        .await
        .expect_problem(404, "not_found");
    let call = Call::new(Method::DELETE, "/api/v1/devices").bearer(&app.token);
    app.send(call).await.expect_problem(405, "not_found");
}

#[tokio::test]
async fn every_answer_forbids_what_a_browser_must_not_do() {
    let app = TestApp::start().await;
    for path in [
        "/",
        "/api/v1/devices",
        "/codes/chain_broken",
        "/nothing",
        "/healthz",
    ] {
        let answer = app.send(Call::get(path)).await;
        let policy = answer.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none';"), "{path}: {policy}");
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
        assert_eq!(answer.headers["referrer-policy"], "no-referrer");
        assert_eq!(answer.headers["cache-control"], "no-store");
        assert!(answer.headers.contains_key("x-request-id"));
    }
}

#[test]
fn every_path_of_the_document_has_an_example() {
    for (_, path, _) in operations() {
        assert!(!example(&path).contains('{'), "{path}");
    }
}
