//! `GET /agent/v1/ring`: answers when something waits for the device, or when the agent has waited long enough. It tells
//! nothing else; an agent that does not ask looks in now and then.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use tokio::time::sleep;
use wire::agent_api::{AwaitRing, LONGEST_RING, Rung};

use crate::app::SharedApp;
use crate::identity::CallingDevice;
use crate::input::QueryOf;
use crate::problem::Problem;
use crate::waiting::Waiting;

/// Waits for the bell on behalf of an agent.
pub(crate) async fn await_ring(
    State(app): State<SharedApp>,
    CallingDevice(device): CallingDevice,
    QueryOf(asked): QueryOf<AwaitRing>,
) -> Result<Waiting, Problem> {
    let within = asked.within().min(LONGEST_RING);
    let closed = app.closed();
    let mut listener = app.bell.listen(device.id, asked.after);
    Ok(Waiting::for_json(async move {
        let rung = tokio::select! {
            () = listener.rung() => true,
            () = sleep(within) => false,
            () = closed => false,
        };
        // It was there up to now.
        app.presence.seen(device.id, app.now());
        Rung { rung }
    }))
}

/// How often the bell had rung before anything was read for a request. A handler takes it first.
pub(crate) struct RingsBefore(pub u64);

impl FromRequestParts<SharedApp> for RingsBefore {
    type Rejection = Infallible;

    async fn from_request_parts(_: &mut Parts, app: &SharedApp) -> Result<Self, Infallible> {
        Ok(Self(app.bell.count()))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use axum::response::Response;
    use futures_util::FutureExt as _;

    use crate::testing::{Call, FakeMac, TestApp, healthy_mac};
    use crate::waiting::{Unfinished, settled};

    async fn ask(app: &TestApp, mac: &FakeMac, after: u64, within: Duration) -> Response {
        let path = format!("/agent/v1/ring?after={after}&within_ms={}", within.as_millis());
        app.open(mac.signed(app, Call::get(path))).await
    }

    async fn tell(response: Response) -> serde_json::Value {
        let body = settled(response).await.into_body();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    const HOUR: Duration = Duration::from_hours(1);

    async fn is_online(app: &TestApp, mac: &FakeMac) -> bool {
        let device = app.get(format!("/api/v1/devices/{}", mac.id())).await.expect(200);
        device["online"] == true
    }

    #[tokio::test]
    async fn what_came_since_the_agent_looked_in_is_told_at_once() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let rings = mac.check_in(&app).await.rings;
        app.grant(&mac).await;
        assert_eq!(tell(ask(&app, &mac, rings, HOUR).await).await["rung"], true);
        let told = mac.check_in(&app).await;
        assert_eq!(told.offers.len(), 1);
        let mut waits = ask(&app, &mac, told.rings, HOUR).await;
        let unfinished = Unfinished::of(&mut waits).unwrap();
        assert!(unfinished.finish().now_or_never().is_none());
    }

    #[tokio::test]
    async fn the_answer_waits_for_the_bell() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let rings = mac.check_in(&app).await.rings;
        let waits = ask(&app, &mac, rings, HOUR).await;
        let (told, _) = tokio::join!(tell(waits), app.grant(&mac));
        assert_eq!(told["rung"], true);
    }

    #[tokio::test]
    async fn an_agent_that_has_waited_long_enough_is_told_so() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let rings = mac.check_in(&app).await.rings;
        let waits = ask(&app, &mac, rings, Duration::from_millis(1)).await;
        assert_eq!(tell(waits).await["rung"], false);
    }

    #[tokio::test]
    async fn an_agent_that_knows_another_server_has_missed_something() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        assert_eq!(tell(ask(&app, &mac, 0, HOUR).await).await["rung"], true);
    }

    #[tokio::test]
    async fn a_device_is_online_while_it_waits_and_for_two_check_ins_after_that() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let rings = mac.check_in(&app).await.rings;
        let waits = ask(&app, &mac, rings, HOUR).await;
        app.advance(HOUR);
        assert!(is_online(&app, &mac).await);
        let (told, _) = tokio::join!(tell(waits), app.grant(&mac));
        assert_eq!(told["rung"], true);
        app.advance(Duration::from_secs(120));
        assert!(is_online(&app, &mac).await);
        app.advance(Duration::from_secs(1));
        assert!(!is_online(&app, &mac).await);
    }

    #[tokio::test]
    async fn those_who_wait_are_answered_when_the_server_shuts_down() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let rings = mac.check_in(&app).await.rings;
        let waits = ask(&app, &mac, rings, HOUR).await;
        app.app.closing.send_replace(true);
        assert_eq!(tell(waits).await["rung"], false);
    }
}
