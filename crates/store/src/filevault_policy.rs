//! What an organisation wants of FileVault.

use sqlx::AnyConnection;
use trust::filevault_policy::FileVaultPolicy;
use trust::id::OrganizationId;
use trust::time::Timestamp;

use crate::audit::{self, NewEntry, Verb};
use crate::idempotency::{self, Known, Request};
use crate::row::{Row, to_json};
use crate::{Result, Store};

/// The policy as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Policy {
    /// What is wanted.
    pub settings: FileVaultPolicy,
    /// When that was decided last; `None` when never.
    pub changed_at: Option<Timestamp>,
}

/// The policy of an organisation.
pub async fn find(store: &Store, organization_id: OrganizationId) -> Result<Policy> {
    let mut reader = store.readers().acquire().await?;
    find_in(&mut reader, organization_id).await
}

async fn find_in(connection: &mut AnyConnection, organization_id: OrganizationId) -> Result<Policy> {
    let row = sqlx::query("SELECT settings, changed_at FROM filevault_policy WHERE organization_id = $1")
        .bind(organization_id.to_string())
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else {
        return Ok(Policy::default());
    };
    let row = Row::new("filevault_policy", &row);
    Ok(Policy {
        settings: row.json("settings")?,
        changed_at: Some(row.time("changed_at")?),
    })
}

/// Decides what is wanted. What is so already stays as it is, and is not told in the audit log again.
pub async fn set(
    store: &Store,
    request: &Request,
    settings: &FileVaultPolicy,
    reason: Option<&str>,
) -> Result<Known> {
    store
        .write(&(request, settings, reason), |tx, (request, settings, reason)| {
            Box::pin(set_in(tx, request, settings, *reason))
        })
        .await
}

async fn set_in(
    tx: &mut AnyConnection,
    request: &Request,
    settings: &FileVaultPolicy,
    reason: Option<&str>,
) -> Result<Known> {
    let known = idempotency::begin_in(tx, request).await?;
    if known != Known::New {
        return Ok(known);
    }
    if find_in(tx, request.organization_id).await?.settings == *settings {
        return Ok(Known::New);
    }
    let json = to_json("settings", settings)?;
    sqlx::query(
        "INSERT INTO filevault_policy (organization_id, settings, changed_at) VALUES ($1, $2, $3) \
         ON CONFLICT (organization_id) DO UPDATE SET settings = excluded.settings, changed_at = excluded.changed_at",
    )
    .bind(request.organization_id.to_string())
    .bind(json.as_str())
    .bind(request.at.as_millis())
    .execute(&mut *tx)
    .await?;
    let entry = NewEntry {
        subject: Some("filevault".to_owned()),
        reason,
        detail: Some(json),
        ..NewEntry::of(request, Verb::PolicyChanged)
    };
    audit::append(tx, entry).await?;
    Ok(Known::New)
}
