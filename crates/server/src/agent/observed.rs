//! Keeping what an agent has seen.

use store::device::{Device, Observed};
use store::observation::NewObservation;
use trust::observation::Observation;

use crate::app::App;
use crate::devices::summarize;
use crate::problem::Problem;

/// Keeps an observation, unless it is the one that is kept already.
pub(super) async fn keep(app: &App, device: &Device, observation: &Observation) -> Result<(), Problem> {
    let digest = observation.digest();
    if device.observed.as_ref().is_some_and(|kept| kept.digest == digest) {
        return Ok(());
    }
    let new = NewObservation {
        organization_id: device.organization_id,
        device_id: device.id,
        observation,
        observed: Observed {
            at: app.now(),
            digest,
            summary: summarize(observation),
        },
    };
    store::observation::save(&app.store, &new).await?;
    app.events.device(device.organization_id, device.id);
    Ok(())
}
