//! Lists of runs, newest first.

use trust::id::{BulkRunId, OrganizationId};
use trust::time::Timestamp;

use super::{BulkRun, read};
use crate::{Result, Store};

/// At most `limit` runs of the organisation, newest first: those before the one accepted at this time under this id.
pub async fn list(
    store: &Store,
    organization_id: OrganizationId,
    before: Option<(Timestamp, BulkRunId)>,
    limit: u32,
) -> Result<Vec<BulkRun>> {
    let (before_time, before_id) = match before {
        Some((time, id)) => (time.as_millis(), id.to_string()),
        None => (i64::MAX, String::new()),
    };
    let rows = sqlx::query(
        "SELECT * FROM bulk_run WHERE organization_id = $1 AND (created_at, id) < ($2, $3) \
         ORDER BY created_at DESC, id DESC LIMIT $4",
    )
    .bind(organization_id.to_string())
    .bind(before_time)
    .bind(before_id)
    .bind(i64::from(limit))
    .fetch_all(store.readers())
    .await?;
    rows.iter().map(read).collect()
}
