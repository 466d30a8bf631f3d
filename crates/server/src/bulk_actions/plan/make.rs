//! Making a plan: its devices are planned chunk by chunk, as a run's are when it is prepared.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::timeout;

use super::KeptPlan;
use crate::app::{App, SharedApp};
use crate::bulk_actions::input::AskedRun;
use crate::bulk_actions::prepare::Outlook;
use crate::bulk_actions::selector::Place;
use crate::identity::Caller;
use crate::problem::Problem;

/// How many devices are planned in one turn.
const CHUNK: u32 = 100;

/// How long a request waits for a plan to be made before it shows how far it is.
const WAIT: Duration = Duration::from_secs(2);

/// Begins to plan what is asked, and keeps the plan for the caller.
pub(crate) fn begin(app: &SharedApp, caller: &Caller, asked: &AskedRun) -> Arc<KeptPlan> {
    let now = app.now();
    let plan = Arc::new(KeptPlan::new(app.entropy.id(now), caller, asked, now));
    app.plans.keep(Arc::clone(&plan), now);
    let (app, making) = (Arc::clone(app), Arc::clone(&plan));
    tokio::spawn(async move {
        let mine = Arc::clone(&making);
        let done = tokio::spawn(async move { make(&app, &mine).await }).await;
        let done = done.unwrap_or_else(|error| Err(Problem::internal(&error)));
        making.end(done.err());
    });
    plan
}

/// Waits a moment for a plan to be made.
pub(crate) async fn wait(plan: &KeptPlan) {
    // One that takes longer is shown as far as it is.
    let _ = timeout(WAIT, plan.ended()).await;
}

async fn make(app: &App, plan: &KeptPlan) -> Result<(), Problem> {
    let mut place = Place::default();
    loop {
        let _turn = app.plans.turn().await;
        if *app.closing.borrow() || !app.plans.holds(plan.id) {
            // Nobody can look at it any more.
            return Err(Problem::not_found());
        }
        let selector = &plan.asked.selector;
        let devices = selector.devices(app, plan.organization_id, &place, CHUNK).await?;
        if devices.is_empty() && selector.is_behind(&place) {
            return Ok(());
        }
        let mut planned = Vec::with_capacity(devices.len());
        for device in &devices {
            planned.push((device.id, Outlook::of(app, device, &plan.asked.order).await?));
        }
        plan.add(&planned);
        place = place.behind(&devices, CHUNK as usize);
    }
}
