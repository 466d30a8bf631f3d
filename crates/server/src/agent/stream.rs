//! `GET /agent/v1/stream`: rings when something waits. It carries nothing else; an agent that does not hold it polls.

use std::convert::Infallible;

use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::{Stream, StreamExt as _, stream};
use trust::id::{DeviceId, OrganizationId};
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
    Sse::new(rings(app, device.organization_id, device.id)).keep_alive(KeepAlive::new().interval(HEARTBEAT))
}

fn rings(
    app: SharedApp,
    organization_id: OrganizationId,
    device_id: DeviceId,
) -> impl Stream<Item = Result<Event, Infallible>> {
    let closed = app.closed();
    stream::unfold(
        Connection::open(app, organization_id, device_id),
        |mut connection| async move {
            connection.listener.rung().await;
            // An event without data is none: by the standard a reader must not pass it on.
            Some((Ok(Event::default().event(RING).data("check in")), connection))
        },
    )
    .take_until(closed)
}

/// A device that is connected, as long as this lives.
struct Connection {
    listener: Listener,
    /// Dropped after the listener, so that what it tells is so.
    _watched: Watched,
}

impl Connection {
    fn open(app: SharedApp, organization_id: OrganizationId, device_id: DeviceId) -> Self {
        let listener = app.bell.listen(device_id);
        app.events.device(organization_id, device_id);
        Self {
            listener,
            _watched: Watched {
                app,
                organization_id,
                device_id,
            },
        }
    }
}

/// Tells those who watch when the stream is gone.
struct Watched {
    app: SharedApp,
    organization_id: OrganizationId,
    device_id: DeviceId,
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.app.presence.left(self.device_id, self.app.now());
        self.app.events.device(self.organization_id, self.device_id);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Call, FakeMac, Reading, TestApp, healthy_mac};

    async fn connect(app: &TestApp, mac: &FakeMac) -> Reading {
        let call = mac.signed(app, Call::get("/agent/v1/stream"));
        Reading::of(app.open(call).await)
    }

    #[tokio::test]
    async fn the_bell_rings_at_once_and_for_each_action() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let mut stream = connect(&app, &mac).await;
        let rung = stream.next().await.unwrap();
        assert_eq!(rung.name, "ring");
        assert_ne!(rung.data, "", "readers drop an event without data");
        app.grant(&mac).await;
        assert_eq!(stream.next().await.unwrap().name, "ring");
    }

    #[tokio::test]
    async fn a_device_is_online_as_long_as_it_holds_a_stream() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let path = format!("/api/v1/devices/{}", mac.id());
        let stream = connect(&app, &mac).await;
        app.advance(std::time::Duration::from_hours(1));
        assert_eq!(app.get(&path).await.expect(200)["online"], true);
        drop(stream);
        let left = app.get(&path).await.expect(200);
        assert_eq!(
            (&left["online"], &left["last_seen_at"]),
            (&false.into(), &app.now_ms().into())
        );
    }

    #[tokio::test]
    async fn a_device_that_only_looks_in_is_online_for_two_check_ins() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let path = format!("/api/v1/devices/{}", mac.id());
        drop(connect(&app, &mac).await);
        mac.check_in(&app).await;
        app.advance(std::time::Duration::from_secs(120));
        assert_eq!(app.get(&path).await.expect(200)["online"], true);
        app.advance(std::time::Duration::from_secs(1));
        assert_eq!(app.get(&path).await.expect(200)["online"], false);
    }

    #[tokio::test]
    async fn streams_end_when_the_server_shuts_down() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let mut stream = connect(&app, &mac).await;
        stream.next().await.unwrap();
        app.app.closing.send_replace(true);
        assert!(stream.next().await.is_none());
    }
}
