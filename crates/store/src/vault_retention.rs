//! For how many days what the vault keeps of a forgotten Mac stays.

use sqlx::AnyConnection;
use trust::escrow::Retention;
use trust::id::OrganizationId;
use trust::time::Timestamp;

use crate::audit::{self, NewEntry, Verb};
use crate::idempotency::{self, Known, Request};
use crate::row::Row;
use crate::{Result, Store};

/// The policy as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Policy {
    /// For how long.
    pub retention: Retention,
    /// When that was decided last; `None` when never.
    pub changed_at: Option<Timestamp>,
}

/// The policy of an organisation.
pub async fn find(store: &Store, organization_id: OrganizationId) -> Result<Policy> {
    let mut reader = store.readers().acquire().await?;
    find_in(&mut reader, organization_id).await
}

pub(crate) async fn find_in(
    connection: &mut AnyConnection,
    organization_id: OrganizationId,
) -> Result<Policy> {
    let row = sqlx::query("SELECT * FROM vault_retention WHERE organization_id = $1")
        .bind(organization_id.to_string())
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else {
        return Ok(Policy::default());
    };
    let row = Row::new("vault_retention", &row);
    let days = u16::try_from(row.number("days")?).map_err(|_| row.inconsistent("days"))?;
    Ok(Policy {
        retention: Retention::of_days(days).map_err(|_| row.inconsistent("days"))?,
        changed_at: Some(row.time("changed_at")?),
    })
}

/// Decides for how long; it holds for what is forgotten already, too. What is so already stays as it is, and is not told in the audit
/// log again.
pub async fn set(
    store: &Store,
    request: &Request,
    retention: Retention,
    reason: Option<&str>,
) -> Result<Known> {
    store
        .write(
            &(request, retention, reason),
            |tx, (request, retention, reason)| Box::pin(set_in(tx, request, *retention, *reason)),
        )
        .await
}

async fn set_in(
    tx: &mut AnyConnection,
    request: &Request,
    retention: Retention,
    reason: Option<&str>,
) -> Result<Known> {
    let known = idempotency::begin_in(tx, request).await?;
    if known != Known::New {
        return Ok(known);
    }
    let organization_id = request.organization_id;
    if find_in(tx, organization_id).await?.retention == retention {
        return Ok(Known::New);
    }
    sqlx::query(
        "INSERT INTO vault_retention (organization_id, days, changed_at) VALUES ($1, $2, $3) \
         ON CONFLICT (organization_id) DO UPDATE SET days = excluded.days, changed_at = excluded.changed_at",
    )
    .bind(organization_id.to_string())
    .bind(i64::from(retention.days()))
    .bind(request.at.as_millis())
    .execute(&mut *tx)
    .await?;
    let entry = NewEntry {
        subject: Some("vault_retention".to_owned()),
        reason,
        detail: Some(format!("{} days", retention.days())),
        ..NewEntry::of(request, Verb::PolicyChanged)
    };
    audit::append(tx, entry).await?;
    Ok(Known::New)
}
