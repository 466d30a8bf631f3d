//! When a session ends that nobody ends.

use std::time::Duration;

use super::signed_in::SignedIn;
use crate::testing::{Call, TestApp};

const HOUR: Duration = Duration::from_hours(1);
const A_MINUTE: Duration = Duration::from_mins(1);

#[tokio::test]
async fn one_that_nobody_uses_ends_after_an_hour() {
    let app = TestApp::start().await;
    let grace = SignedIn::new(&app, "grace", "viewer").await;
    app.advance(HOUR - A_MINUTE);
    grace.read("/").await;
    app.advance(HOUR - A_MINUTE);
    grace.read("/").await;
    app.advance(HOUR);
    assert_eq!(grace.open("/").await.status, 401);
}

#[tokio::test]
async fn one_that_is_used_all_the_time_ends_after_twelve_hours() {
    let app = TestApp::start().await;
    let grace = SignedIn::new(&app, "grace", "viewer").await;
    let step = Duration::from_mins(4);
    for _ in 1..(12 * 60 / 4) {
        app.advance(step);
        grace.read("/account").await;
    }
    app.advance(step);
    assert_eq!(grace.open("/account").await.status, 401);
}

#[tokio::test]
async fn what_a_page_asks_for_by_itself_keeps_no_session_alive() {
    let app = TestApp::start().await;
    let grace = SignedIn::new(&app, "grace", "viewer").await;
    let by_itself = async |path: &str, header: (&'static str, &str)| {
        let call = Call::get(path).header("cookie", &grace.cookie);
        app.open(call.header(header.0, header.1)).await.status()
    };
    app.advance(HOUR - A_MINUTE);
    assert_eq!(by_itself("/", ("bestow-by-itself", "1")).await, 200);
    assert_eq!(
        by_itself("/api/v1/events", ("accept", "text/event-stream")).await,
        200
    );
    app.advance(A_MINUTE);
    assert_eq!(grace.open("/").await.status, 401);
    let script = app.get(crate::console::assets::SCRIPT.path.as_str()).await.text;
    assert!(script.contains("\"Bestow-By-Itself\""), "{script}");
}
