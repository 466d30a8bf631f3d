//! After how many days Macs of an organisation get another recovery key.

use sqlx::AnyConnection;
use trust::escrow::Schedule;
use trust::id::OrganizationId;
use trust::time::Timestamp;

use crate::audit::{self, NewEntry, Verb};
use crate::idempotency::{self, Known, Request};
use crate::row::Row;
use crate::{Result, Store, finding_refresh};

/// The policy as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Policy {
    /// How often.
    pub schedule: Schedule,
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
    let row = sqlx::query("SELECT * FROM recovery_key_policy WHERE organization_id = $1")
        .bind(organization_id.to_string())
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else {
        return Ok(Policy::default());
    };
    let row = Row::new("recovery_key_policy", &row);
    Ok(Policy {
        schedule: read_schedule(row, "rotate_every_days")?,
        changed_at: Some(row.time("changed_at")?),
    })
}

/// How often, by a column; where that is null, nobody has decided, and it is never.
pub(crate) fn read_schedule(row: Row<'_>, column: &'static str) -> Result<Schedule> {
    let Some(days) = row.optional_number(column)? else {
        return Ok(Schedule::default());
    };
    let days = u16::try_from(days).map_err(|_| row.inconsistent(column))?;
    Schedule::of_days(days).map_err(|_| row.inconsistent(column))
}

/// Decides how often; devices are diagnosed by it from then on, a few at a time. What is so already stays as it is, and is not told in the audit log again.
pub async fn set(
    store: &Store,
    request: &Request,
    schedule: Schedule,
    reason: Option<&str>,
) -> Result<Known> {
    store
        .write(&(request, schedule, reason), |tx, (request, schedule, reason)| {
            Box::pin(set_in(tx, request, *schedule, *reason))
        })
        .await
}

async fn set_in(
    tx: &mut AnyConnection,
    request: &Request,
    schedule: Schedule,
    reason: Option<&str>,
) -> Result<Known> {
    let known = idempotency::begin_in(tx, request).await?;
    if known != Known::New {
        return Ok(known);
    }
    let organization_id = request.organization_id;
    if find_in(tx, organization_id).await?.schedule == schedule {
        return Ok(Known::New);
    }
    sqlx::query(
        "INSERT INTO recovery_key_policy (organization_id, rotate_every_days, changed_at) VALUES ($1, $2, $3) \
         ON CONFLICT (organization_id) DO UPDATE SET rotate_every_days = excluded.rotate_every_days, changed_at = excluded.changed_at",
    )
    .bind(organization_id.to_string())
    .bind(i64::from(schedule.days()))
    .bind(request.at.as_millis())
    .execute(&mut *tx)
    .await?;
    finding_refresh::begin_in(tx, organization_id).await?;
    let entry = NewEntry {
        subject: Some("recovery_key".to_owned()),
        reason,
        detail: Some(match schedule.days() {
            0 => "never".to_owned(),
            days => format!("every {days} days"),
        }),
        ..NewEntry::of(request, Verb::PolicyChanged)
    };
    audit::append(tx, entry).await?;
    Ok(Known::New)
}
