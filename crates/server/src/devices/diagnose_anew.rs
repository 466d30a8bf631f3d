//! Diagnosing Macs anew although nothing new was seen of them: their enrolment data, what the vault keeps of them or a policy of
//! their organisation has changed, or time alone has made something wrong.

use store::finding::KeptServiceAccount;
use store::finding_due::{Diagnosed, Due};
use trust::attention::Attention;

use super::findings::{diagnosed, to_keep};
use crate::app::App;
use crate::problem::Problem;

/// How many Macs are diagnosed in one transaction.
const BATCH: u32 = 200;

/// Diagnoses the next Macs that are due. What is left comes with the next turn.
pub(crate) async fn diagnose_anew(app: &App) -> Result<(), Problem> {
    store::escrow::judge_due(&app.store, app.now(), BATCH).await?;
    store::finding_refresh::next(&app.store, BATCH).await?;
    let mut batch = Vec::new();
    for due in store::finding_due::list(&app.store, BATCH).await? {
        batch.push(diagnose(app, due).await?);
    }
    store::finding_due::keep(&app.store, &batch).await?;
    Ok(())
}

async fn diagnose(app: &App, due: Due) -> Result<Diagnosed, Problem> {
    let device = store::device::find(&app.store, due.device_id).await?;
    let Some((device, observed)) = device.and_then(|device| {
        let observed = device.observed.clone()?;
        Some((device, observed))
    }) else {
        return Ok(Diagnosed {
            due,
            digest: None,
            findings: Vec::new(),
            service_account: KeptServiceAccount::default(),
            attention: Attention::default(),
            resilience: None,
            at: app.now(),
        });
    };
    let observation = store::observation::find(&app.store, device.id).await?;
    let found = diagnosed(
        app,
        (device.organization_id, device.id),
        &device.serial_number,
        observation.as_ref(),
    )
    .await?;
    app.events.device(device.organization_id, device.id);
    Ok(Diagnosed {
        due,
        digest: Some(observed.digest),
        findings: to_keep(&found.findings),
        service_account: observation
            .as_ref()
            .map(|observation| found.service_account(observation))
            .unwrap_or_default(),
        attention: observation
            .as_ref()
            .map(|observation| found.attention(observation))
            .unwrap_or_default(),
        resilience: observation
            .as_ref()
            .map(|observation| found.resilience(observation, app.now())),
        at: app.now(),
    })
}
