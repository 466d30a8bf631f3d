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
