//! What becomes of a Mac's local administrator: what is wanted, what failed last, and what comes next.

use store::device::Device;
use trust::escrow::EscrowKind;
use trust::local_administrator::{Settings, is_failed, outlook};
use trust::observation::Observation;

use super::failure::LocalAdministratorFailure;
use crate::app::App;
use crate::escrow::line;
use crate::problem::Problem;

/// What becomes of the local administrator of a Mac.
#[derive(Debug, Default)]
pub(crate) struct Course {
    /// What the organisation wants of it; `None` where it wants none, and then the others are `None`, too.
    pub wanted: Option<Settings>,
    /// What the agent could not do when it tried last; `None` where a later try succeeded.
    pub failure: Option<LocalAdministratorFailure>,
    /// What comes next, in a sentence; `None` where nothing is to come, and where what failed says so.
    pub outlook: Option<String>,
}

/// What becomes of that of `device`, as `observation` last saw it.
pub(crate) async fn course(
    app: &App,
    device: &Device,
    observation: Option<&Observation>,
) -> Result<Course, Problem> {
    let (organization_id, id) = (device.organization_id, device.id);
    let policy = store::local_administrator_policy::find(&app.store, organization_id).await?;
    let Some(wanted) = policy.settings else {
        return Ok(Course::default());
    };
    let line = line(device, EscrowKind::LocalAdministratorPassword);
    let password = store::escrow::standing(&app.store, line).await?;
    let last = store::deed::last_of_local_administrator(&app.store, organization_id, id).await?;
    let failed = last.filter(|last| is_failed(last, &password));
    let outlook = match failed {
        Some(_) => None,
        None => outlook(observation, &wanted, password.rotate_after, app.now()),
    };
    Ok(Course {
        wanted: Some(wanted),
        failure: failed.map(LocalAdministratorFailure::from),
        outlook,
    })
}
