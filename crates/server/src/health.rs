//! `GET /healthz` and `GET /readyz`: whether the server lives, and whether it can serve.

use axum::extract::State;
use axum::http::StatusCode;

use crate::app::SharedApp;

/// Answers as long as the process does.
pub(crate) async fn healthz() -> &'static str {
    "ok\n"
}

/// Answers 200 when the store answers, and 503 otherwise and while the server shuts down.
pub(crate) async fn readyz(State(app): State<SharedApp>) -> (StatusCode, &'static str) {
    let is_closing = *app.closing.borrow();
    match app.store.ping().await {
        Ok(()) if !is_closing => (StatusCode::OK, "ready\n"),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "not ready\n"),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Call, TestApp};

    #[tokio::test]
    async fn a_server_that_stops_is_alive_and_not_ready() {
        let app = TestApp::start().await;
        assert_eq!(app.send(Call::get("/healthz")).await.text, "ok\n");
        assert_eq!(app.send(Call::get("/readyz")).await.status, 200);
        app.app.closing.send_replace(true);
        assert_eq!(app.send(Call::get("/healthz")).await.status, 200);
        assert_eq!(app.send(Call::get("/readyz")).await.status, 503);
    }

    #[tokio::test]
    async fn without_its_database_a_server_is_not_ready() {
        let app = TestApp::start().await;
        app.app.store.close().await;
        assert_eq!(app.send(Call::get("/readyz")).await.status, 503);
        app.get("/api/v1/devices")
            .await
            .expect_problem(500, "internal_error");
    }
}
