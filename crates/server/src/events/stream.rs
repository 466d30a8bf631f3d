//! `GET /api/v1/events`: what changes, as it changes.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::response::IntoResponse;
use axum::response::sse::{Event as SseEvent, KeepAlive, Sse};
use futures_util::future::OptionFuture;
use futures_util::{Stream, StreamExt as _};
use serde_json::json;
use tokio_stream::wrappers::BroadcastStream;
use trust::code::Code;
use trust::id::OrganizationId;

use super::{Event, What};
use crate::app::{App, SharedApp};
use crate::identity::{Caller, cookie};
use crate::problem::{Problem, ProblemView};
use crate::token;

/// How often a comment is sent on a silent stream, so that what lies between does not close it.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Streams what changes as server-sent events: `device` with `{"id"}`, `action` with `{"id","state"}`, `bulk` with `{"id"}`
/// when a bulk run has changed or come further, and `missed` with `{}` when the reader was too slow and must look at
/// everything anew. It ends when the session ends by which it was opened, by signing out or by its time.
#[utoipa::path(get, path = "/api/v1/events", tag = "events", responses(
    (status = 200, description = "A stream of events", body = String, content_type = "text/event-stream"),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn stream_events(
    State(app): State<SharedApp>,
    headers: HeaderMap,
    caller: Caller,
) -> Result<impl IntoResponse, Problem> {
    // Whoever shows a token asks by it, whatever cookie comes along.
    let is_by_token = headers.contains_key(AUTHORIZATION);
    let session = cookie::session(&headers)
        .filter(|_| !is_by_token)
        .map(token::hash);
    let stream = events(&app, caller.organization_id, session.clone());
    // It may have ended between the look at who asks and the one at its end.
    if let Some(hash) = session
        && store::session::find(&app.store, &hash, app.now())
            .await?
            .is_none()
    {
        return Err(Problem::unauthorized(Code::NotSignedIn));
    }
    Ok(Sse::new(stream).keep_alive(KeepAlive::new().interval(HEARTBEAT)))
}

fn events(
    app: &App,
    organization_id: OrganizationId,
    session: Option<String>,
) -> impl Stream<Item = Result<SseEvent, Infallible>> + use<> {
    let closed = app.closed();
    let session_ended = session.map(|hash| app.events.end_of_session(hash));
    let over = async move {
        tokio::select! {
            () = closed => {}
            Some(()) = OptionFuture::from(session_ended) => {}
        }
    };
    BroadcastStream::new(app.events.watch())
        .filter_map(move |event| async move {
            match event {
                Ok(event) if event.organization_id == organization_id => Some(Ok(shown(&event))),
                Ok(_) => None,
                Err(_) => Some(Ok(SseEvent::default().event("missed").data("{}"))),
            }
        })
        .take_until(over)
}

fn shown(event: &Event) -> SseEvent {
    match event.what {
        What::Device(id) => SseEvent::default()
            .event("device")
            .data(json!({ "id": id }).to_string()),
        What::Action(id, state) => SseEvent::default()
            .event("action")
            .data(json!({ "id": id, "state": state }).to_string()),
        What::Bulk(id) => SseEvent::default()
            .event("bulk")
            .data(json!({ "id": id }).to_string()),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::json;

    use crate::testing::{Call, FakeMac, Reading, TestApp, healthy_mac};

    async fn watch(app: &TestApp, token: &str) -> Reading {
        let response = app.open(Call::get("/api/v1/events").bearer(token)).await;
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Reading::of(response)
    }

    #[tokio::test]
    async fn those_who_watch_are_told_what_changes() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let mut events = watch(&app, &app.token).await;
        let action = app.grant(&mac).await;
        let told = events.next().await.unwrap();
        assert_eq!(told.name, "action");
        assert_eq!(told.json(), json!({ "id": action["id"], "state": "queued" }));
        mac.start(&app, &action["id"]).await.expect(200);
        assert_eq!(events.next().await.unwrap().json()["state"], "running");
        FakeMac::new(2, healthy_mac()).enroll(&app).await;
        assert_eq!(events.next().await.unwrap().name, "device");
    }

    #[tokio::test]
    async fn a_stream_ends_with_the_time_of_its_session() {
        let app = TestApp::start().await;
        let open = async |cookie: String| {
            Reading::of(
                app.open(Call::get("/api/v1/events").header("cookie", cookie))
                    .await,
            )
        };
        let mut ends = open(app.session().await).await;
        app.advance(Duration::from_mins(30));
        let mut goes_on = open(app.session().await).await;
        app.advance(Duration::from_mins(30));
        crate::jobs::end_sessions(&app.app).await.unwrap();
        FakeMac::new(1, healthy_mac()).enroll(&app).await;
        assert!(ends.next().await.is_none());
        assert_eq!(goes_on.next().await.unwrap().name, "device");
    }

    #[tokio::test]
    async fn nobody_is_told_of_anothers_devices() {
        let app = TestApp::start().await;
        let foreign = app.foreign_token().await;
        let mut events = watch(&app, &foreign).await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        app.grant(&mac).await;
        app.app.closing.send_replace(true);
        assert!(events.next().await.is_none());
    }

    #[tokio::test]
    async fn a_reader_that_is_too_slow_is_told_so() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let mut events = watch(&app, &app.token).await;
        for _ in 0..=crate::events::BACKLOG {
            app.app.events.device(app.setup.organization_id(), mac.id());
        }
        assert_eq!(events.next().await.unwrap().name, "missed");
        assert_eq!(events.next().await.unwrap().name, "device");
    }
}
