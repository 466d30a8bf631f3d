//! `GET /agent/v1/stream`: rings when something waits. It carries nothing else; an agent that does not hold it polls.

use std::convert::Infallible;

use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::{Stream, StreamExt as _, stream};
use store::device::Device;
use wire::agent_api::RING;

use crate::app::SharedApp;
use crate::bell::Listener;
use crate::events::stream::HEARTBEAT;
use crate::identity::CallingDevice;

/// Holds a stream open for an agent. It rings at once, for what came before.
pub(crate) async fn hold_stream(
    State(app): State<SharedApp>,
    CallingDevice(device): CallingDevice,
) -> impl IntoResponse {
    Sse::new(rings(app, device)).keep_alive(KeepAlive::new().interval(HEARTBEAT))
}

fn rings(app: SharedApp, device: Device) -> impl Stream<Item = Result<Event, Infallible>> {
    let closed = app.closed();
    stream::unfold(Connection::open(app, device), |mut connection| async move {
        connection.listener.rung().await;
        Some((Ok(Event::default().event(RING).data("")), connection))
    })
    .take_until(closed)
}

/// A device that is connected, as long as this lives.
struct Connection {
    listener: Listener,
    /// Dropped after the listener, so that what it tells is so.
    _watched: Watched,
}

impl Connection {
    fn open(app: SharedApp, device: Device) -> Self {
        let listener = app.bell.listen(device.id);
        app.events.device(device.organization_id, device.id);
        Self {
            listener,
            _watched: Watched { app, device },
        }
    }
}

/// Tells those who watch when the stream is gone.
struct Watched {
    app: SharedApp,
    device: Device,
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.app.presence.seen(self.device.id, self.app.now());
        self.app
            .events
            .device(self.device.organization_id, self.device.id);
    }
}
