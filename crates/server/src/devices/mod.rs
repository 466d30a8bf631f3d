//! Devices: what is known of each, what can be planned for it, and its approval.

pub(crate) mod accounts;
pub(crate) mod actions;
pub(crate) mod approve;
pub(crate) mod chain;
pub(crate) mod diagnose_anew;
pub(crate) mod findings;
pub(crate) mod forget;
pub(crate) mod list;
mod mdm;
pub(crate) mod plan;
pub(crate) mod policy_conflict;
pub(crate) mod recovery;
pub(crate) mod resilience;
pub(crate) mod service_account;
pub(crate) mod show;
pub(crate) mod standing;
mod summary;
pub(crate) mod timeline;
pub(crate) mod view;

pub(crate) use summary::summarize;

use store::device::Device;
use trust::id::DeviceId;

use crate::app::App;
use crate::identity::Caller;
use crate::problem::Problem;

/// The device that an address names, in the caller's organisation.
pub(crate) async fn find(app: &App, caller: &Caller, id: &str) -> Result<Device, Problem> {
    let id: DeviceId = id.parse().map_err(|_| Problem::not_found())?;
    store::device::find_of(&app.store, caller.organization_id, id)
        .await?
        .ok_or_else(Problem::not_found)
}
