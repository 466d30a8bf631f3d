//! What an organisation wants of its service accounts, and the devices that have none whatever it wants.

use sqlx::AnyConnection;
use trust::id::{DeviceId, OrganizationId};
use trust::service_account::Settings;
use trust::time::Timestamp;

use crate::audit::{self, NewEntry, Verb};
use crate::idempotency::{self, Known, Request};
use crate::row::{Row, to_json};
use crate::{Result, Store, finding_due, finding_refresh};

/// The policy as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// What is wanted, on a device that is not excluded.
    pub settings: Settings,
    /// When that was decided last; `None` when never.
    pub changed_at: Option<Timestamp>,
}

/// The policy of an organisation.
pub async fn find(store: &Store, organization_id: OrganizationId) -> Result<Policy> {
    let mut reader = store.readers().acquire().await?;
    find_in(&mut reader, organization_id).await
}

async fn find_in(connection: &mut AnyConnection, organization_id: OrganizationId) -> Result<Policy> {
    let row = sqlx::query(
        "SELECT wanted, rotate_every_days, excluded_accounts, service_account_policy.changed_at, \
         on_off_policy.enabled AS promotes FROM organization \
         LEFT JOIN service_account_policy ON service_account_policy.organization_id = organization.id \
         LEFT JOIN on_off_policy ON on_off_policy.organization_id = organization.id \
         AND on_off_policy.policy = 'promote_administrators' \
         WHERE organization.id = $1",
    )
    .bind(organization_id.to_string())
    .fetch_one(connection)
    .await?;
    let row = Row::new("service_account_policy", &row);
    Ok(Policy {
        settings: read_settings(row)?,
        changed_at: row.optional_time("changed_at")?,
    })
}

/// What is wanted on one device.
pub async fn settings_of(store: &Store, device_id: DeviceId) -> Result<Settings> {
    let mut reader = store.readers().acquire().await?;
    settings_in(&mut reader, device_id).await
}

pub(crate) async fn settings_in(connection: &mut AnyConnection, device_id: DeviceId) -> Result<Settings> {
    let row = sqlx::query(
        "SELECT CASE WHEN EXISTS (SELECT 1 FROM service_account_exclusion WHERE device_id = device.id) \
         THEN 0 ELSE wanted END AS wanted, \
         rotate_every_days, excluded_accounts, on_off_policy.enabled AS promotes, \
         policy_conflict_choice.chosen_at AS try_again_at FROM device \
         LEFT JOIN service_account_policy ON service_account_policy.organization_id = device.organization_id \
         LEFT JOIN on_off_policy ON on_off_policy.organization_id = device.organization_id \
         AND on_off_policy.policy = 'promote_administrators' \
         LEFT JOIN policy_conflict_choice ON policy_conflict_choice.device_id = device.id \
         WHERE device.id = $1",
    )
    .bind(device_id.to_string())
    .fetch_one(connection)
    .await?;
    read_settings_of_device(Row::new("service_account_policy", &row))
}

/// What is wanted on a device: the same, and `try_again_at`, when its Mac is to try again.
pub(crate) fn read_settings_of_device(row: Row<'_>) -> Result<Settings> {
    Ok(Settings {
        try_again_at: row.optional_time("try_again_at")?,
        ..read_settings(row)?
    })
}

/// What is wanted of every device, by the columns `wanted`, `rotate_every_days`, `excluded_accounts` and `promotes`. Where one is null,
/// nobody has decided, and what is usual is wanted.
fn read_settings(row: Row<'_>) -> Result<Settings> {
    let usual = Settings::default();
    let days = row.optional_number("rotate_every_days")?.map(u16::try_from);
    let days = days
        .transpose()
        .map_err(|_| row.inconsistent("rotate_every_days"))?;
    Ok(Settings {
        wanted: row.optional_flag("wanted")?.unwrap_or(usual.wanted),
        rotate_every_days: days.unwrap_or(usual.rotate_every_days),
        excluded_accounts: row
            .optional_json("excluded_accounts")?
            .unwrap_or(usual.excluded_accounts),
        promote_administrators: row
            .optional_flag("promotes")?
            .unwrap_or(usual.promote_administrators),
        try_again_at: None,
    })
}

/// Whether a device is excluded.
pub async fn is_excluded(store: &Store, device_id: DeviceId) -> Result<bool> {
    let mut reader = store.readers().acquire().await?;
    is_excluded_in(&mut reader, device_id).await
}

async fn is_excluded_in(connection: &mut AnyConnection, device_id: DeviceId) -> Result<bool> {
    let row = sqlx::query("SELECT 1 FROM service_account_exclusion WHERE device_id = $1")
        .bind(device_id.to_string())
        .fetch_optional(connection)
        .await?;
    Ok(row.is_some())
}

/// Decides what is wanted. Whether standard holders are promoted is a policy of its own, and stays as it is. Devices are
/// diagnosed by it from then on, a few at a time.
pub async fn set(
    store: &Store,
    request: &Request,
    settings: &Settings,
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
    settings: &Settings,
    reason: Option<&str>,
) -> Result<Known> {
    let known = idempotency::begin_in(tx, request).await?;
    if known != Known::New {
        return Ok(known);
    }
    let organization_id = request.organization_id;
    let before = find_in(tx, organization_id).await?;
    let wanted = Settings {
        promote_administrators: before.settings.promote_administrators,
        ..settings.clone()
    };
    if before.settings == wanted {
        return Ok(Known::New);
    }
    sqlx::query(
        "INSERT INTO service_account_policy (organization_id, wanted, rotate_every_days, excluded_accounts, changed_at) \
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (organization_id) DO UPDATE SET \
         wanted = excluded.wanted, rotate_every_days = excluded.rotate_every_days, \
         excluded_accounts = excluded.excluded_accounts, changed_at = excluded.changed_at",
    )
    .bind(organization_id.to_string())
    .bind(i64::from(wanted.wanted))
    .bind(i64::from(wanted.rotate_every_days))
    .bind(to_json("excluded_accounts", &wanted.excluded_accounts)?)
    .bind(request.at.as_millis())
    .execute(&mut *tx)
    .await?;
    finding_refresh::begin_in(tx, organization_id).await?;
    let entry = NewEntry {
        subject: Some("service_account".to_owned()),
        reason,
        detail: Some(to_json("settings", &wanted)?),
        ..NewEntry::of(request, Verb::PolicyChanged)
    };
    audit::append(tx, entry).await?;
    Ok(Known::New)
}

/// Excludes a device, or takes it in again.
pub async fn exclude(
    store: &Store,
    request: &Request,
    device_id: DeviceId,
    excluded: bool,
    reason: Option<&str>,
) -> Result<Known> {
    store
        .write(
            &(request, device_id, excluded, reason),
            |tx, (request, device_id, excluded, reason)| {
                Box::pin(exclude_in(tx, request, *device_id, *excluded, *reason))
            },
        )
        .await
}

async fn exclude_in(
    tx: &mut AnyConnection,
    request: &Request,
    device_id: DeviceId,
    excluded: bool,
    reason: Option<&str>,
) -> Result<Known> {
    let known = idempotency::begin_in(tx, request).await?;
    if known != Known::New {
        return Ok(known);
    }
    let organization_id = request.organization_id;
    if is_excluded_in(tx, device_id).await? == excluded {
        return Ok(Known::New);
    }
    if excluded {
        sqlx::query(
            "INSERT INTO service_account_exclusion (organization_id, device_id, excluded_at) VALUES ($1, $2, $3)",
        )
        .bind(organization_id.to_string())
        .bind(device_id.to_string())
        .bind(request.at.as_millis())
        .execute(&mut *tx)
        .await?;
    } else {
        sqlx::query("DELETE FROM service_account_exclusion WHERE device_id = $1")
            .bind(device_id.to_string())
            .execute(&mut *tx)
            .await?;
    }
    finding_due::ask_in(tx, device_id).await?;
    let entry = NewEntry {
        device_id: Some(device_id),
        subject: Some("service_account".to_owned()),
        reason,
        detail: Some(if excluded { "excluded" } else { "not excluded" }.to_owned()),
        ..NewEntry::of(request, Verb::PolicyChanged)
    };
    audit::append(tx, entry).await?;
    Ok(Known::New)
}
