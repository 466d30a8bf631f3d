//! What stands before and behind everything that a person asks of a run.

use sqlx::AnyConnection;
use trust::id::BulkRunId;

use super::{BulkRun, find_in, lock};
use crate::Result;
use crate::idempotency::{self, Known, Request};

/// What came of asking something of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// It is done.
    Done(Box<BulkRun>),
    /// The run is in a state in which that cannot be.
    NotNow(Box<BulkRun>),
    /// There is no such run in the organisation.
    NotFound,
    /// The idempotency key belongs to another request. Nothing was changed.
    KeyReused,
}

/// The run that something is asked of, which nobody else changes until the transaction ends; or what is answered when it has
/// been asked before or cannot be asked.
pub(super) async fn begin(
    tx: &mut AnyConnection,
    request: &Request,
    id: BulkRunId,
) -> Result<std::result::Result<BulkRun, Asked>> {
    let known = idempotency::look_up_in(tx, request).await?;
    if known == Known::Other {
        return Ok(Err(Asked::KeyReused));
    }
    let found = lock(tx, id).await?;
    let Some(run) = found.filter(|run| run.organization_id == request.organization_id) else {
        return Ok(Err(Asked::NotFound));
    };
    Ok(match known {
        Known::Same(_) => Err(Asked::Done(Box::new(run))),
        Known::New | Known::Other => Ok(run),
    })
}

/// Keeps the request, which is carried out, and answers the run as it is by that.
pub(super) async fn done(tx: &mut AnyConnection, request: &Request, id: BulkRunId) -> Result<Asked> {
    idempotency::keep_in(tx, request, None).await?;
    Ok(find_in(tx, id)
        .await?
        .map_or(Asked::NotFound, |run| Asked::Done(Box::new(run))))
}
