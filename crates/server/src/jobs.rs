//! What the server does of its own accord, now and then.

use std::time::Duration;

use tokio::time::{Interval, MissedTickBehavior, interval};
use trust::time::Timestamp;

use crate::app::{App, SharedApp};
use crate::problem::Problem;

/// How often actions whose time has run out are ended.
const EXPIRE_EVERY: Duration = Duration::from_secs(5);

/// How often last-seen times are written.
const WRITE_PRESENCE_EVERY: Duration = Duration::from_secs(15);

/// How often what is no longer needed is deleted.
const TIDY_EVERY: Duration = Duration::from_hours(1);

/// How long answers are kept under their idempotency keys.
const ANSWERS_LAST: Duration = Duration::from_hours(31 * 24);

/// Runs the jobs until the server shuts down, and writes what is left to write.
pub(crate) async fn run(app: SharedApp) {
    let closed = app.closed();
    tokio::pin!(closed);
    let mut expire = every(EXPIRE_EVERY);
    let mut presence = every(WRITE_PRESENCE_EVERY);
    let mut tidying = every(TIDY_EVERY);
    loop {
        // A job that fails has logged why, and is run again at its next turn.
        let _ = tokio::select! {
            () = &mut closed => break,
            _ = expire.tick() => crate::actions::expire_due(&app).await,
            _ = presence.tick() => write_presence(&app).await,
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

/// Deletes what has ended and is no longer needed.
pub(crate) async fn tidy(app: &App) -> Result<(), Problem> {
    let now = app.now();
    let before = now.as_millis() - i64::try_from(ANSWERS_LAST.as_millis()).unwrap_or(i64::MAX);
    store::idempotency::forget(&app.store, Timestamp(before)).await?;
    store::session::forget_ended(&app.store, now).await?;
    Ok(())
}
