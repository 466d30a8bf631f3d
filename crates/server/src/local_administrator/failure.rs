//! What an agent could not do for its local administrator, for as long as it has not come about since.

use serde::Serialize;
use store::device::Device;
use trust::escrow::EscrowKind;
use trust::local_administrator::is_failed;
use trust::service_account::Deed;
use utoipa::ToSchema;

use crate::app::App;
use crate::devices::service_account::DeedView;
use crate::escrow::line;
use crate::problem::Problem;

/// What the agent tried last and could not do, and what is to be done about it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LocalAdministratorFailure {
    /// What it tried, when, how it ended and what was seen on the way.
    #[serde(flatten)]
    pub deed: DeedView,
    /// Why that comes about.
    pub cause: &'static str,
    /// What to do next.
    pub next_step: &'static str,
    /// What Bestow does about it.
    pub bestow: &'static str,
}

impl From<Deed> for LocalAdministratorFailure {
    fn from(deed: Deed) -> Self {
        let entry = deed.code.entry();
        Self {
            deed: deed.into(),
            cause: entry.cause,
            next_step: entry.fix,
            bestow: entry.bestow,
        }
    }
}

/// What the agent of a device could not do; `None` where it could, or where no local administrator is wanted.
pub(crate) async fn failure(
    app: &App,
    device: &Device,
) -> Result<Option<LocalAdministratorFailure>, Problem> {
    let (organization_id, id) = (device.organization_id, device.id);
    let policy = store::local_administrator_policy::find(&app.store, organization_id).await?;
    if policy.settings.is_none() {
        return Ok(None);
    }
    let line = line(device, EscrowKind::LocalAdministratorPassword);
    let password = store::escrow::standing(&app.store, line).await?;
    let last = store::deed::last_of_local_administrator(&app.store, organization_id, id).await?;
    Ok(last
        .filter(|last| is_failed(last, &password))
        .map(LocalAdministratorFailure::from))
}
