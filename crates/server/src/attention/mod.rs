//! Which devices need attention: how many, which of them, what is muted of each, and who sees to it.

pub(crate) mod assign;
pub(crate) mod counts;
pub(crate) mod filter;
pub(crate) mod mute;
#[cfg(test)]
mod tests;
pub(crate) mod unmute;
pub(crate) mod view;

use trust::attention::Grace;
use trust::id::OrganizationId;

use crate::app::App;
use crate::identity::Caller;
use crate::problem::Problem;
use view::AttentionView;

/// For how long the organisation leaves new devices in peace.
pub(crate) async fn grace(app: &App, organization_id: OrganizationId) -> Result<Grace, Problem> {
    let policy = store::days_policy::find(&app.store, organization_id).await?;
    Ok(policy.days)
}

/// Where the device stands now that an address names.
async fn standing(app: &App, caller: &Caller, device_id: &str) -> Result<AttentionView, Problem> {
    let device = crate::devices::find(app, caller, device_id).await?;
    let grace = grace(app, device.organization_id).await?;
    Ok(AttentionView::of(&device, grace, app.now()))
}
