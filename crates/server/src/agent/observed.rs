//! What is to be kept of what an agent has seen.

use store::device::{Device, Observed};
use store::observation::NewObservation;
use trust::observation::Observation;

use crate::app::App;
use crate::devices::summarize;

/// What is to be kept of an observation; `None` when it is the one that is kept already.
pub(super) fn new_observation<'a>(
    app: &App,
    device: &Device,
    observation: &'a Observation,
) -> Option<NewObservation<'a>> {
    let digest = observation.digest();
    let kept = device.observed.as_ref();
    if kept.is_some_and(|kept| kept.digest == digest) {
        return None;
    }
    Some(NewObservation {
        organization_id: device.organization_id,
        device_id: device.id,
        observation,
        observed: Observed {
            at: app.now(),
            digest,
            summary: summarize(observation),
        },
    })
}
