//! The policies of an organisation that are on or off.

use sqlx::AnyConnection;
use trust::id::OrganizationId;
use trust::policy::OnOffPolicy;
use trust::time::Timestamp;

use crate::audit::{self, NewEntry, Verb};
use crate::idempotency::{self, Known, Request};
use crate::row::Row;
use crate::{Result, Store, finding_refresh};

/// A policy as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// Whether it is on.
    pub enabled: bool,
    /// When that was decided last; `None` when never.
    pub changed_at: Option<Timestamp>,
}

/// How a policy of an organisation stands. It is off until somebody turns it on.
pub async fn find(store: &Store, organization_id: OrganizationId, policy: OnOffPolicy) -> Result<Standing> {
    let mut reader = store.readers().acquire().await?;
    find_in(&mut reader, organization_id, policy).await
}

pub(crate) async fn find_in(
    connection: &mut AnyConnection,
    organization_id: OrganizationId,
    policy: OnOffPolicy,
) -> Result<Standing> {
    let row = sqlx::query(
        "SELECT enabled, changed_at FROM on_off_policy WHERE organization_id = $1 AND policy = $2",
    )
    .bind(organization_id.to_string())
    .bind(policy.word())
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else {
        return Ok(Standing::default());
    };
    let row = Row::new("on_off_policy", &row);
    Ok(Standing {
        enabled: row.flag("enabled")?,
        changed_at: Some(row.time("changed_at")?),
    })
}

/// Turns a policy on or off. What is so already stays as it is, and is not told in the audit log again. Where Macs have
/// findings by it, they are diagnosed anew from then on, a few at a time.
pub async fn set(
    store: &Store,
    request: &Request,
    policy: OnOffPolicy,
    enabled: bool,
    reason: Option<&str>,
) -> Result<Known> {
    store
        .write(
            &(request, policy, enabled, reason),
            |tx, (request, policy, enabled, reason)| {
                Box::pin(set_in(tx, request, *policy, *enabled, *reason))
            },
        )
        .await
}

async fn set_in(
    tx: &mut AnyConnection,
    request: &Request,
    policy: OnOffPolicy,
    enabled: bool,
    reason: Option<&str>,
) -> Result<Known> {
    let known = idempotency::begin_in(tx, request).await?;
    if known != Known::New {
        return Ok(known);
    }
    let organization_id = request.organization_id;
    if find_in(tx, organization_id, policy).await?.enabled == enabled {
        return Ok(Known::New);
    }
    sqlx::query(
        "INSERT INTO on_off_policy (organization_id, policy, enabled, changed_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (organization_id, policy) DO UPDATE SET enabled = excluded.enabled, \
         changed_at = excluded.changed_at",
    )
    .bind(organization_id.to_string())
    .bind(policy.word())
    .bind(i64::from(enabled))
    .bind(request.at.as_millis())
    .execute(&mut *tx)
    .await?;
    if policy.has_findings() {
        finding_refresh::begin_in(tx, organization_id).await?;
    }
    let entry = NewEntry {
        subject: Some(policy.word().to_owned()),
        reason,
        detail: Some(if enabled { "on" } else { "off" }.to_owned()),
        ..NewEntry::of(request, Verb::PolicyChanged)
    };
    audit::append(tx, entry).await?;
    Ok(Known::New)
}
