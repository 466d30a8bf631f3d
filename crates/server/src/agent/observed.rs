//! What is to be kept of what an agent has seen.

use store::device::{Calling, Observed};
use store::finding::KeptFinding;
use store::observation::{NewObservation, TokenChange};
use trust::finding::Finding;
use trust::observation::Observation;
use trust::time::Timestamp;
use trust::token_change::token_changes;

use crate::app::App;
use crate::devices::{findings, summarize};
use crate::problem::Problem;

/// What is to be kept of an observation; `None` when it is the one that is kept already.
pub(super) async fn new_observation<'a>(
    app: &App,
    device: &Calling,
    observation: &'a Observation,
) -> Result<Option<NewObservation<'a>>, Problem> {
    let digest = observation.digest();
    if device.observation_digest.as_ref() == Some(&digest) {
        return Ok(None);
    }
    let diagnosed = findings::diagnosed(
        app,
        (device.organization_id, device.id),
        &device.serial_number,
        Some(observation),
    )
    .await?;
    let before = store::observation::find(&app.store, device.id).await?;
    let changes = before.map(|before| token_changes(&before, observation));
    let told = |change: trust::token_change::TokenChange| TokenChange {
        account: change.account,
        change: format!("{} -> {}", change.before.word(), change.after.word()),
    };
    let (observed, findings) = kept(observation, digest, &diagnosed.findings, app.now());
    Ok(Some(NewObservation {
        organization_id: device.organization_id,
        device_id: device.id,
        observation,
        observed,
        findings,
        service_account: diagnosed.service_account(observation),
        attention: diagnosed.attention(observation),
        resilience: diagnosed.resilience(observation, app.now()),
        kept: diagnosed.kept,
        primary_user: diagnosed.primary_user,
        token_changes: changes.unwrap_or_default().into_iter().map(told).collect(),
    }))
}

/// What lists, filters and counts read of an observation with this digest that came at `at`, in which `findings` were
/// diagnosed.
pub fn kept(
    observation: &Observation,
    digest: String,
    findings: &[Finding],
    at: Timestamp,
) -> (Observed, Vec<KeptFinding>) {
    let observed = Observed {
        at,
        digest,
        summary: summarize(observation),
    };
    (observed, findings::to_keep(findings))
}
