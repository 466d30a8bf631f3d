//! What moves runs on: whenever one of their actions ends or begins, and every few seconds, each run is decided about.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use store::StoreError;
use store::bulk_run::{self, BulkRun};
use tokio::sync::Notify;
use tokio::time::{MissedTickBehavior, interval, sleep};
use trust::bulk::{RunState, decide};
use trust::id::BulkRunId;

use crate::app::{App, SharedApp};
use crate::problem::Problem;

/// How often every run is looked at: places lapse and windows open without anybody saying so.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// How long what happens is gathered before it is decided about. Many devices end at the same time.
const GATHER: Duration = Duration::from_millis(20);

/// Runs of which something has changed.
#[derive(Debug, Default)]
pub(crate) struct Runs {
    changed: Mutex<BTreeSet<BulkRunId>>,
    bell: Notify,
}

impl Runs {
    /// Asks for a decision about a run.
    pub(crate) fn wake(&self, id: BulkRunId) {
        self.changed
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(id);
        self.bell.notify_one();
    }

    fn take(&self) -> BTreeSet<BulkRunId> {
        std::mem::take(&mut *self.changed.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Moves runs on until the server shuts down. A failure has been logged, and the next look makes up for it.
pub(crate) async fn run(app: SharedApp) {
    let closed = app.closed();
    tokio::pin!(closed);
    let mut looks = interval(LOOK_EVERY);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let _ = tokio::select! {
            () = &mut closed => return,
            _ = looks.tick() => advance_all(&app).await,
            () = app.runs.bell.notified() => {
                sleep(GATHER).await;
                advance_changed(&app).await
            }
        };
    }
}

/// Decides about every run that is not finished.
pub(crate) async fn advance_all(app: &App) -> Result<(), Problem> {
    for run in bulk_run::unfinished(&app.store).await? {
        advance(app, &run).await?;
    }
    Ok(())
}

/// Decides about the runs of which something has changed.
async fn advance_changed(app: &App) -> Result<(), Problem> {
    let changed = app.runs.take();
    for run in bulk_run::unfinished(&app.store).await? {
        if changed.contains(&run.id) {
            advance(app, &run).await?;
            app.events.bulk_of(run.organization_id, run.id);
        }
    }
    Ok(())
}

/// Does what there is to do about one run.
async fn advance(app: &App, run: &BulkRun) -> Result<(), Problem> {
    if run.state == RunState::Preparing {
        return Ok(());
    }
    loop {
        let cancelled = bulk_run::cancel_waiting(&app.store, run, app.now()).await?;
        if cancelled.is_empty() {
            break;
        }
        for changed in cancelled {
            app.action_changed(changed);
        }
    }
    let advanced = bulk_run::advance(&app.store, run.id, app.now(), decide).await?;
    for changed in advanced.ended {
        app.action_changed(changed);
    }
    if !advanced.released.is_empty() {
        tracing::info!(run = %run.id, count = advanced.released.len(), "bulk run releases actions");
    }
    for (_, device_id) in advanced.released {
        app.bell.ring(device_id);
    }
    if advanced.changed {
        app.events.bulk_of(run.organization_id, run.id);
    }
    Ok(())
}

/// Ends what is being prepared, one run or every one: nobody is left who knows its passwords.
pub(crate) async fn interrupt(app: &App, only: Option<BulkRunId>) -> Result<(), StoreError> {
    for run in bulk_run::interrupt(&app.store, only, app.now()).await? {
        tracing::warn!(run = %run.id, "bulk run interrupted while it was being prepared");
        app.events.bulk_of(run.organization_id, run.id);
    }
    Ok(())
}
