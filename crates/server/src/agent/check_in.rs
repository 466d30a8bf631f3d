//! `POST /agent/v1/check-in`: an agent looks in. It tells what it sees and what it has not finished, and learns what
//! waits for it. When nothing has changed, nothing is written.

use axum::Json;
use axum::extract::State;
use store::device::Device;
use trust::time::Timestamp;
use wire::agent_api::{CheckIn, CheckedIn, Offer};

use super::body::AgentBody;
use super::observed;
use crate::app::{App, SharedApp};
use crate::identity::CallingDevice;
use crate::problem::Problem;

/// How many actions one answer offers. What is left comes with the next check-in.
const MOST_OFFERS: u32 = 16;

/// Takes a check-in.
pub(crate) async fn check_in(
    State(app): State<SharedApp>,
    CallingDevice(device): CallingDevice,
    AgentBody(told): AgentBody<CheckIn>,
) -> Result<Json<CheckedIn>, Problem> {
    if told.agent_version != device.agent_version {
        store::device::set_agent_version(&app.store, device.id, &told.agent_version).await?;
    }
    let known = device.observed.as_ref().map(|kept| kept.digest.as_str());
    let wants_observation = match &told.observation {
        Some(observation) => {
            observed::keep(&app, &device, observation).await?;
            false
        }
        None => known != Some(told.observation_digest.as_str()),
    };
    let offers = if device.pending {
        Vec::new()
    } else {
        end_lost(&app, &device, &told).await?;
        offers(&app, &device).await?
    };
    Ok(Json(CheckedIn {
        wants_observation,
        offers,
        next_check_in_ms: u64::try_from(app.settings.check_in_every.as_millis()).unwrap_or(u64::MAX),
        server_time: app.now(),
    }))
}

/// Ends what the agent has begun and does not know of any more.
async fn end_lost(app: &App, device: &Device, told: &CheckIn) -> Result<(), Problem> {
    let now = app.now();
    let grace = app.settings.outcome_lost_after.as_millis();
    let begun_until = Timestamp(now.as_millis() - i64::try_from(grace).unwrap_or(i64::MAX));
    let ended = store::action::end_lost(&app.store, device.id, &told.unfinished, begun_until, now).await?;
    for changed in ended {
        tracing::warn!(action = %changed.id, device = %device.id, "outcome lost");
        app.events.action(changed);
    }
    Ok(())
}

async fn offers(app: &App, device: &Device) -> Result<Vec<Offer>, Problem> {
    let waiting = store::action::offers(&app.store, device.id, app.now(), MOST_OFFERS).await?;
    for changed in waiting.fresh {
        app.events.action(changed);
    }
    Ok(waiting.offers)
}
