//! What cannot be served: a page for people, the problem for programs.

use axum::http::Method;

use super::grace::Grace;
use crate::testing::{Call, TestApp};

#[tokio::test]
async fn an_address_that_leads_nowhere_is_a_page_with_a_way_back() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    for path in [
        "/nothing",
        "/devices/x",
        "/actions/x",
        "/codes/x",
        "/remote-actions/x",
    ] {
        let answer = grace.open(path).await;
        assert_eq!(answer.status, 404, "{path}");
        for text in [
            "There is no such page",
            "Back to Manage",
            "aria-label=\"Main\"",
            "Sign out",
        ] {
            assert!(answer.text.contains(text), "{path}: {text}");
        }
        let stranger = app
            .send(Call::get("/nothing").header("accept", "text/html"))
            .await;
        assert!(stranger.text.contains("To the console") && !stranger.text.contains("Sign out"));
    }
    let call = Call::new(Method::DELETE, "/actions").header("cookie", &grace.cookie);
    let answer = app.send(call).await;
    assert_eq!(answer.status, 405);
    assert!(answer.text.contains("not opened like that"), "{}", answer.text);
}

#[tokio::test]
async fn programs_get_the_problem_wherever_they_ask() {
    let app = TestApp::start().await;
    for path in ["/api/v1/nothing", "/api", "/agent/v1/nothing", "/assets/x.css"] {
        let call = Call::get(path).header("accept", "text/html");
        app.send(call).await.expect_problem(404, "not_found");
    }
    for accept in ["application/json", "application/problem+json, */*;q=0.5"] {
        let call = Call::get("/nothing").header("accept", accept);
        app.send(call).await.expect_problem(404, "not_found");
        let call = Call::get("/").header("accept", accept);
        app.send(call).await.expect_problem(401, "not_signed_in");
    }
    let browser = "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8";
    let answer = app.send(Call::get("/nothing").header("accept", browser)).await;
    assert_eq!(answer.headers["content-type"], "text/html; charset=utf-8");
}

#[tokio::test]
async fn a_value_that_cannot_be_is_named_with_its_rule() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    for (path, field) in [
        ("/?state=shiny", "state"),
        ("/?finding=bad_hair_day", "finding"),
        ("/?cursor=x", "cursor"),
        ("/actions?state=shiny", "state"),
    ] {
        let answer = grace.open(path).await;
        assert_eq!(answer.status, 400, "{path}");
        assert!(
            answer
                .text
                .contains(&format!("<code>{field}</code>: the rule is that it ")),
            "{path}: {}",
            answer.text
        );
        assert!(!answer.text.contains("shiny") && !answer.text.contains("bad_hair"));
        assert!(answer.text.contains("Back to Manage"), "{path}");
    }
}

#[tokio::test]
async fn nobody_reads_a_page_without_a_session() {
    let app = TestApp::start().await;
    for path in ["/", "/devices/x", "/actions", "/actions/x", "/remote-actions"] {
        let answer = app.send(Call::get(path)).await;
        assert_eq!(answer.status, 401, "{path}");
        for text in ["Sign in", "sign-in link", "bestow serve --sign-in-link"] {
            assert!(answer.text.contains(text), "{path}: {text}");
        }
        assert!(!answer.text.contains("aria-label=\"Main\""), "{path}");
    }
}
