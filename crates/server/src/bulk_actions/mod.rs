//! One action asked of many devices: planned, accepted, prepared chunk by chunk, released as its terms say, watched and
//! ended.

pub(crate) mod accept;
pub(crate) mod cancel;
pub(crate) mod input;
pub(crate) mod job;
pub(crate) mod list;
pub(crate) mod members;
pub(crate) mod plan;
pub(crate) mod prepare;
pub(crate) mod results;
pub(crate) mod resume;
pub(crate) mod selector;
pub(crate) mod show;
pub(crate) mod stop;
#[cfg(test)]
mod tests;
pub(crate) mod verb;
pub(crate) mod view;

use store::bulk_run::BulkRun;
use trust::id::BulkRunId;

use crate::app::App;
use crate::identity::Caller;
use crate::problem::Problem;

/// The run that an address names, in the caller's organisation.
pub(crate) async fn find(app: &App, caller: &Caller, id: &str) -> Result<BulkRun, Problem> {
    let id: BulkRunId = id.parse().map_err(|_| Problem::not_found())?;
    store::bulk_run::find(&app.store, caller.organization_id, id)
        .await?
        .ok_or_else(Problem::not_found)
}
