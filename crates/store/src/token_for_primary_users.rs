//! The policy "token for primary users", and the person that it speaks of on each Mac.

use sqlx::AnyConnection;
use trust::enrolment::SerialNumber;
use trust::id::OrganizationId;
use trust::time::Timestamp;

use crate::audit::{self, NewEntry, Verb};
use crate::enrolment_record::{self, KeptRecord};
use crate::idempotency::{self, Known, Request};
use crate::row::Row;
use crate::{Result, Store, finding_refresh};

/// The policy as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Policy {
    /// Whether it is on.
    pub enabled: bool,
    /// When that was decided last; `None` when never.
    pub changed_at: Option<Timestamp>,
    /// Whether devices are still to be diagnosed by the policies as they are.
    pub refreshing: bool,
}

/// The policy of an organisation. It is off until somebody turns it on.
pub async fn find(store: &Store, organization_id: OrganizationId) -> Result<Policy> {
    let mut reader = store.readers().acquire().await?;
    find_in(&mut reader, organization_id).await
}

async fn find_in(connection: &mut AnyConnection, organization_id: OrganizationId) -> Result<Policy> {
    let row =
        sqlx::query("SELECT enabled, changed_at FROM token_for_primary_users WHERE organization_id = $1")
            .bind(organization_id.to_string())
            .fetch_optional(&mut *connection)
            .await?;
    let Some(row) = row else {
        return Ok(Policy::default());
    };
    let row = Row::new("token_for_primary_users", &row);
    Ok(Policy {
        enabled: row.flag("enabled")?,
        changed_at: Some(row.time("changed_at")?),
        refreshing: finding_refresh::is_under_way_in(connection, organization_id).await?,
    })
}

/// Turns the policy on or off. Devices are diagnosed by it from then on, a few at a time.
pub async fn set(store: &Store, request: &Request, enabled: bool, reason: Option<&str>) -> Result<Known> {
    store
        .write(&(request, enabled, reason), |tx, (request, enabled, reason)| {
            Box::pin(set_in(tx, request, *enabled, *reason))
        })
        .await
}

async fn set_in(
    tx: &mut AnyConnection,
    request: &Request,
    enabled: bool,
    reason: Option<&str>,
) -> Result<Known> {
    let known = idempotency::look_up_in(tx, request).await?;
    if known != Known::New {
        return Ok(known);
    }
    idempotency::keep_in(tx, request, None).await?;
    let organization_id = request.organization_id;
    if find_in(tx, organization_id).await?.enabled == enabled {
        return Ok(Known::New);
    }
    sqlx::query(
        "INSERT INTO token_for_primary_users (organization_id, enabled, changed_at) VALUES ($1, $2, $3) \
         ON CONFLICT (organization_id) DO UPDATE SET enabled = excluded.enabled, changed_at = excluded.changed_at",
    )
    .bind(organization_id.to_string())
    .bind(i64::from(enabled))
    .bind(request.at.as_millis())
    .execute(&mut *tx)
    .await?;
    finding_refresh::begin_in(tx, organization_id).await?;
    let entry = NewEntry {
        organization_id,
        at: request.at,
        actor: &request.actor,
        verb: Verb::PolicyChanged,
        device_id: None,
        subject: Some("token_for_primary_users".to_owned()),
        reason,
        detail: Some(if enabled { "on" } else { "off" }.to_owned()),
    };
    audit::append(tx, entry).await?;
    Ok(Known::New)
}

/// Who the policy speaks of on the Mac of this serial number; `None` when it is off, or nothing is known of the Mac.
pub async fn primary_user(
    store: &Store,
    organization_id: OrganizationId,
    serial_number: &SerialNumber,
) -> Result<Option<KeptRecord>> {
    let mut reader = store.readers().acquire().await?;
    primary_user_in(&mut reader, organization_id, serial_number).await
}

pub(crate) async fn primary_user_in(
    connection: &mut AnyConnection,
    organization_id: OrganizationId,
    serial_number: &SerialNumber,
) -> Result<Option<KeptRecord>> {
    if !find_in(connection, organization_id).await?.enabled {
        return Ok(None);
    }
    enrolment_record::find_in(connection, organization_id, serial_number).await
}
