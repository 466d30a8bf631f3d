//! What an organisation wants of the local administrators on its Macs.

use sqlx::AnyConnection;
use trust::id::OrganizationId;
use trust::local_administrator::Settings;
use trust::time::Timestamp;

use crate::audit::{self, NewEntry, Verb};
use crate::idempotency::{self, Known, Request};
use crate::row::{Row, to_json};
use crate::{Result, Store, finding_refresh};

/// The policy as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Policy {
    /// What they are to be like; `None` where none is wanted.
    pub settings: Option<Settings>,
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
    let row =
        sqlx::query("SELECT settings, changed_at FROM local_administrator_policy WHERE organization_id = $1")
            .bind(organization_id.to_string())
            .fetch_optional(connection)
            .await?;
    let Some(row) = row else {
        return Ok(Policy::default());
    };
    let row = Row::new("local_administrator_policy", &row);
    Ok(Policy {
        settings: row.optional_json("settings")?,
        changed_at: Some(row.time("changed_at")?),
    })
}

/// Decides what is wanted. What is so already stays as it is, and is not told in the audit log again.
pub async fn set(
    store: &Store,
    request: &Request,
    settings: Option<&Settings>,
    reason: Option<&str>,
) -> Result<Known> {
    store
        .write(&(request, settings, reason), |tx, (request, settings, reason)| {
            Box::pin(set_in(tx, request, *settings, *reason))
        })
        .await
}

async fn set_in(
    tx: &mut AnyConnection,
    request: &Request,
    settings: Option<&Settings>,
    reason: Option<&str>,
) -> Result<Known> {
    let known = idempotency::begin_in(tx, request).await?;
    if known != Known::New {
        return Ok(known);
    }
    let before = find_in(tx, request.organization_id).await?.settings;
    if before.as_ref() == settings {
        return Ok(Known::New);
    }
    let account = |settings: Option<&Settings>| settings.map(|settings| settings.account.clone());
    if account(before.as_ref()) != account(settings) {
        // Which account is a way back of its own has changed with it.
        finding_refresh::begin_in(tx, request.organization_id).await?;
    }
    let json = settings
        .map(|settings| to_json("settings", settings))
        .transpose()?;
    sqlx::query(
        "INSERT INTO local_administrator_policy (organization_id, settings, changed_at) VALUES ($1, $2, $3) \
         ON CONFLICT (organization_id) DO UPDATE SET settings = excluded.settings, changed_at = excluded.changed_at",
    )
    .bind(request.organization_id.to_string())
    .bind(json.as_deref())
    .bind(request.at.as_millis())
    .execute(&mut *tx)
    .await?;
    let entry = NewEntry {
        subject: Some("local_administrator".to_owned()),
        reason,
        detail: Some(settings.map_or_else(
            || "none".to_owned(),
            |settings| {
                format!(
                    "{}, {} characters, every {} days",
                    settings.account, settings.length, settings.rotate_every_days
                )
            },
        )),
        ..NewEntry::of(request, Verb::PolicyChanged)
    };
    audit::append(tx, entry).await?;
    Ok(Known::New)
}
