//! `GET /api/v1/events`: what changes, as it changes.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::sse::{Event as SseEvent, KeepAlive, Sse};
use futures_util::{Stream, StreamExt as _};
use serde_json::json;
use tokio_stream::wrappers::BroadcastStream;
use trust::id::OrganizationId;

use super::{Event, What};
use crate::app::{App, SharedApp};
use crate::identity::Caller;
use crate::problem::Problem;

/// How often a comment is sent on a silent stream, so that what lies between does not close it.
pub(crate) const HEARTBEAT: Duration = Duration::from_secs(15);

/// Streams what changes as server-sent events: `device` with `{"id"}`, `action` with `{"id","state"}`, and `missed` with
/// `{}` when the reader was too slow and must look at everything anew.
#[utoipa::path(get, path = "/api/v1/events", tag = "events", responses(
    (status = 200, description = "A stream of events", body = String, content_type = "text/event-stream"),
    (status = "4XX", description = "A problem", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn stream_events(State(app): State<SharedApp>, caller: Caller) -> impl IntoResponse {
    Sse::new(events(&app, caller.organization_id)).keep_alive(KeepAlive::new().interval(HEARTBEAT))
}

fn events(
    app: &App,
    organization_id: OrganizationId,
) -> impl Stream<Item = Result<SseEvent, Infallible>> + use<> {
    let closed = app.closed();
    BroadcastStream::new(app.events.watch())
        .filter_map(move |event| async move {
            match event {
                Ok(event) if event.organization_id == organization_id => Some(Ok(shown(&event))),
                Ok(_) => None,
                Err(_) => Some(Ok(SseEvent::default().event("missed").data("{}"))),
            }
        })
        .take_until(closed)
}

fn shown(event: &Event) -> SseEvent {
    match event.what {
        What::Device(id) => SseEvent::default()
            .event("device")
            .data(json!({ "id": id }).to_string()),
        What::Action(id, state) => SseEvent::default()
            .event("action")
            .data(json!({ "id": id, "state": state }).to_string()),
    }
}
