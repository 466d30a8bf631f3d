//! What the server does of its own accord, now and then.

use std::time::Duration;

use tokio::time::{Interval, MissedTickBehavior, interval};

use crate::app::{App, SharedApp};
use crate::devices::diagnose_anew::diagnose_anew;
use crate::problem::Problem;

/// How often actions whose time has run out are ended.
const EXPIRE_EVERY: Duration = Duration::from_secs(5);

/// How often those are rung for whose action has come to its time.
const OPEN_EVERY: Duration = Duration::from_secs(1);

/// How often last-seen times are written.
const WRITE_PRESENCE_EVERY: Duration = Duration::from_secs(15);

/// How often Macs are diagnosed anew whose enrolment data or policy has changed.
const DIAGNOSE_ANEW_EVERY: Duration = Duration::from_secs(1);

/// How often sessions are ended whose time has run out.
const END_SESSIONS_EVERY: Duration = Duration::from_secs(10);

/// How often entries of the audit log are given their places in its chain.
const SEAL_AUDIT_EVERY: Duration = Duration::from_secs(5);

/// How often what is no longer needed is deleted.
const TIDY_EVERY: Duration = Duration::from_hours(1);

/// How long answers are kept under their idempotency keys.
const ANSWERS_LAST: Duration = Duration::from_hours(31 * 24);

/// How long it is told what is left to see to, after the link to the steps has run out.
const AFTERCARE_LASTS: Duration = Duration::from_hours(90 * 24);

/// Of how many lines of the vault secrets are destroyed in one transaction.
const LINES_AT_ONCE: u32 = 100;

/// Runs the jobs until the server shuts down, and writes what is left to write.
pub(crate) async fn run(app: SharedApp) {
    let closed = app.closed();
    tokio::pin!(closed);
    let mut expire = every(EXPIRE_EVERY);
    let mut open = every(OPEN_EVERY);
    let mut opened = app.now();
    let mut presence = every(WRITE_PRESENCE_EVERY);
    let mut diagnosing = every(DIAGNOSE_ANEW_EVERY);
    let mut ending = every(END_SESSIONS_EVERY);
    let mut sealing = every(SEAL_AUDIT_EVERY);
    let mut tidying = every(TIDY_EVERY);
    loop {
        // A job that fails has logged why, and is run again at its next turn.
        let _ = tokio::select! {
            () = &mut closed => break,
            _ = expire.tick() => crate::actions::expire_due(&app).await,
            _ = open.tick() => {
                let (since, now) = (std::mem::replace(&mut opened, app.now()), app.now());
                crate::actions::ring_for_opened(&app, since, now).await
            }
            _ = presence.tick() => write_presence(&app).await,
            _ = diagnosing.tick() => diagnose_anew(&app).await,
            _ = ending.tick() => end_sessions(&app).await,
            _ = sealing.tick() => crate::audit::seal::seal_all(&app).await,
            _ = tidying.tick() => tidy(&app).await,
        };
    }
    let _ = write_presence(&app).await;
}

fn every(period: Duration) -> Interval {
    let mut interval = interval(period);
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    interval
}

/// Writes when devices were last heard of, as far as that is not written.
pub(crate) async fn write_presence(app: &App) -> Result<(), Problem> {
    Ok(store::device::touch(&app.store, &app.presence.take_unwritten()).await?)
}

/// Ends the sessions whose time has run out, and with each the streams that were opened by it.
pub(crate) async fn end_sessions(app: &App) -> Result<(), Problem> {
    for hash in store::session::forget_ended(&app.store, app.now()).await? {
        app.events.session_ended(&hash);
    }
    Ok(())
}

/// Deletes what has ended and is no longer needed.
pub(crate) async fn tidy(app: &App) -> Result<(), Problem> {
    let now = app.now();
    store::idempotency::forget(&app.store, now.minus(ANSWERS_LAST)).await?;
    store::enrolment_link::forget_ended(&app.store, now).await?;
    store::recovery_link::forget_ended(&app.store, now.minus(AFTERCARE_LASTS)).await?;
    store::api_token::forget_ended(&app.store, now).await?;
    store::second_factor::forget_ended(&app.store, now).await?;
    store::escrow::forget_asked(&app.store, now).await?;
    store::collected_secret::destroy_expired(&app.store, now).await?;
    crate::enrolment_records::reseal::reseal_left(app).await?;
    destroy_forgotten(app).await?;
    crate::resilience::note_today(app).await?;
    Ok(())
}

/// Destroys what the vault keeps of Macs that were forgotten long enough ago.
pub(crate) async fn destroy_forgotten(app: &App) -> Result<(), Problem> {
    let now = app.now();
    for organization_id in store::organization::all(&app.store).await? {
        loop {
            let lines = store::escrow::destroy_due(&app.store, organization_id, now, LINES_AT_ONCE).await?;
            if lines == 0 {
                break;
            }
            tracing::info!(%organization_id, lines, "secrets of forgotten Macs destroyed");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use trust::time::Timestamp;

    use super::*;
    use crate::testing::{Call, FakeMac, TestApp, healthy_mac};

    #[tokio::test]
    async fn last_seen_times_are_written_once() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let written = async || {
            let device = store::device::find(&app.app.store, mac.id())
                .await
                .unwrap()
                .unwrap();
            device.last_seen_at.map(Timestamp::as_millis)
        };
        assert_eq!(written().await, None);
        write_presence(&app.app).await.unwrap();
        assert_eq!(written().await, Some(app.now_ms()));
        assert!(app.app.presence.take_unwritten().is_empty());
        app.advance(Duration::from_secs(1));
        mac.check_in(&app).await;
        write_presence(&app.app).await.unwrap();
        assert_eq!(written().await, Some(app.now_ms()));
    }

    #[tokio::test]
    async fn what_is_left_is_written_when_the_server_stops() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        app.app.closing.send_replace(true);
        run(SharedApp::clone(&app.app)).await;
        let device = store::device::find(&app.app.store, mac.id())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(device.last_seen_at.map(Timestamp::as_millis), Some(app.now_ms()));
    }

    #[tokio::test]
    async fn what_has_ended_is_tidied_away() {
        let app = TestApp::start().await;
        let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
        let call = Call::post(format!("/api/v1/devices/{}/actions", mac.id()))
            .bearer(&app.token)
            .key("some-key-1")
            .json(&crate::testing::grant_from_ada_to_bob());
        let first = app.send(call.clone()).await.expect(202);
        tidy(&app.app).await.unwrap();
        assert_eq!(app.send(call.clone()).await.expect(202)["id"], first["id"]);
        app.advance(ANSWERS_LAST + Duration::from_secs(1));
        tidy(&app.app).await.unwrap();
        assert_ne!(app.send(call).await.expect(202)["id"], first["id"]);
    }
}
