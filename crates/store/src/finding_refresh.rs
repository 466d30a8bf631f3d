//! Diagnosing all devices of an organisation anew, a few at a time, because a policy of it has changed.

use sqlx::AnyConnection;
use trust::id::{DeviceId, OrganizationId};

use crate::row::Row;
use crate::{Result, Store, finding_due};

/// Asks for the next devices to be diagnosed anew, at most so many of each organisation whose refresh is under way. Answers
/// whether there are more.
pub async fn next(store: &Store, limit: u32) -> Result<bool> {
    let rows = sqlx::query("SELECT organization_id FROM finding_refresh")
        .fetch_all(store.readers())
        .await?;
    let mut more = false;
    for row in &rows {
        let id: OrganizationId = Row::new("finding_refresh", row).id("organization_id")?;
        more |= store
            .write(&(id, limit), |tx, (id, limit)| Box::pin(next_in(tx, *id, *limit)))
            .await?;
    }
    Ok(more)
}

/// Whether devices of the organisation are still to be diagnosed anew.
pub async fn is_under_way(store: &Store, organization_id: OrganizationId) -> Result<bool> {
    let row = sqlx::query("SELECT 1 FROM finding_refresh WHERE organization_id = $1")
        .bind(organization_id.to_string())
        .fetch_optional(store.readers())
        .await?;
    Ok(row.is_some())
}

async fn next_in(tx: &mut AnyConnection, organization_id: OrganizationId, limit: u32) -> Result<bool> {
    let rows = sqlx::query(
        "SELECT device.id FROM device JOIN finding_refresh \
         ON finding_refresh.organization_id = device.organization_id \
         WHERE device.organization_id = $1 AND device.replaced_by IS NULL \
         AND device.id > finding_refresh.after_device_id ORDER BY device.id LIMIT $2",
    )
    .bind(organization_id.to_string())
    .bind(i64::from(limit))
    .fetch_all(&mut *tx)
    .await?;
    let mut last = None;
    for row in &rows {
        let id: DeviceId = Row::new("device", row).id("id")?;
        finding_due::ask_in(tx, id).await?;
        last = Some(id.to_string());
    }
    let goes_on = rows.len() == usize::try_from(limit).unwrap_or(usize::MAX);
    match last.filter(|_| goes_on) {
        Some(last) => continue_after_in(tx, organization_id, &last).await?,
        None => end_in(tx, organization_id).await?,
    }
    Ok(goes_on)
}

/// Begins with the first device of the organisation, also when a refresh is under way.
pub(crate) async fn begin_in(tx: &mut AnyConnection, organization_id: OrganizationId) -> Result<()> {
    continue_after_in(tx, organization_id, "").await
}

async fn continue_after_in(
    tx: &mut AnyConnection,
    organization_id: OrganizationId,
    after_device_id: &str,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO finding_refresh (organization_id, after_device_id) VALUES ($1, $2) \
         ON CONFLICT (organization_id) DO UPDATE SET after_device_id = excluded.after_device_id",
    )
    .bind(organization_id.to_string())
    .bind(after_device_id.to_owned())
    .execute(tx)
    .await?;
    Ok(())
}

async fn end_in(tx: &mut AnyConnection, organization_id: OrganizationId) -> Result<()> {
    sqlx::query("DELETE FROM finding_refresh WHERE organization_id = $1")
        .bind(organization_id.to_string())
        .execute(tx)
        .await?;
    Ok(())
}
