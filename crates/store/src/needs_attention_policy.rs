//! For how long an organisation leaves new devices in peace.

use sqlx::AnyConnection;
use trust::attention::Grace;
use trust::id::OrganizationId;
use trust::time::Timestamp;

use crate::audit::{self, NewEntry, Verb};
use crate::idempotency::{self, Known, Request};
use crate::row::Row;
use crate::{Result, Store};

/// The policy as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Policy {
    /// How long.
    pub grace: Grace,
    /// When that was decided last; `None` when never.
    pub changed_at: Option<Timestamp>,
}

/// The policy of an organisation.
pub async fn find(store: &Store, organization_id: OrganizationId) -> Result<Policy> {
    let mut reader = store.readers().acquire().await?;
    find_in(&mut reader, organization_id).await
}

async fn find_in(connection: &mut AnyConnection, organization_id: OrganizationId) -> Result<Policy> {
    let row = sqlx::query("SELECT * FROM needs_attention_policy WHERE organization_id = $1")
        .bind(organization_id.to_string())
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else {
        return Ok(Policy::default());
    };
    let row = Row::new("needs_attention_policy", &row);
    let days = u16::try_from(row.number("after_days")?).map_err(|_| row.inconsistent("after_days"))?;
    Ok(Policy {
        grace: Grace::of_days(days).map_err(|_| row.inconsistent("after_days"))?,
        changed_at: Some(row.time("changed_at")?),
    })
}

/// Decides for how long. What is so already stays as it is, and is not told in the audit log again.
pub async fn set(store: &Store, request: &Request, grace: Grace, reason: Option<&str>) -> Result<Known> {
    store
        .write(&(request, grace, reason), |tx, (request, grace, reason)| {
            Box::pin(set_in(tx, request, *grace, *reason))
        })
        .await
}

async fn set_in(
    tx: &mut AnyConnection,
    request: &Request,
    grace: Grace,
    reason: Option<&str>,
) -> Result<Known> {
    let known = idempotency::begin_in(tx, request).await?;
    if known != Known::New {
        return Ok(known);
    }
    let organization_id = request.organization_id;
    if find_in(tx, organization_id).await?.grace == grace {
        return Ok(Known::New);
    }
    sqlx::query(
        "INSERT INTO needs_attention_policy (organization_id, after_days, changed_at) VALUES ($1, $2, $3) \
         ON CONFLICT (organization_id) DO UPDATE SET after_days = excluded.after_days, changed_at = excluded.changed_at",
    )
    .bind(organization_id.to_string())
    .bind(i64::from(grace.days()))
    .bind(request.at.as_millis())
    .execute(&mut *tx)
    .await?;
    let entry = NewEntry {
        subject: Some("needs_attention".to_owned()),
        reason,
        detail: Some(format!("after {} days", grace.days())),
        ..NewEntry::of(request, Verb::PolicyChanged)
    };
    audit::append(tx, entry).await?;
    Ok(Known::New)
}
