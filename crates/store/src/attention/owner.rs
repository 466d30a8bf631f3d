//! Who sees to a device.

use sqlx::AnyConnection;
use trust::attention::Owner;
use trust::id::DeviceId;

use crate::audit::{self, NewEntry, Verb};
use crate::idempotency::{self, Known, Request};
use crate::row::Row;
use crate::{Result, Store};

/// Says who sees to a device; `None` for nobody. What is so already stays as it is, and is not told in the audit log again.
pub async fn set_owner(
    store: &Store,
    request: &Request,
    device_id: DeviceId,
    owner: Option<&Owner>,
    reason: Option<&str>,
) -> Result<Known> {
    store
        .write(
            &(request, device_id, owner, reason),
            |tx, (request, device_id, owner, reason)| {
                Box::pin(set_in(tx, request, *device_id, *owner, *reason))
            },
        )
        .await
}

async fn set_in(
    tx: &mut AnyConnection,
    request: &Request,
    device_id: DeviceId,
    owner: Option<&Owner>,
    reason: Option<&str>,
) -> Result<Known> {
    let known = idempotency::begin_in(tx, request).await?;
    if known != Known::New {
        return Ok(known);
    }
    let owner = owner.map(Owner::as_str).unwrap_or_default();
    let row = sqlx::query("SELECT owner FROM device WHERE id = $1")
        .bind(device_id.to_string())
        .fetch_one(&mut *tx)
        .await?;
    if Row::new("device", &row).text("owner")? == owner {
        return Ok(Known::New);
    }
    sqlx::query("UPDATE device SET owner = $2 WHERE id = $1")
        .bind(device_id.to_string())
        .bind(owner)
        .execute(&mut *tx)
        .await?;
    sqlx::query("UPDATE attention SET owner = $2 WHERE device_id = $1")
        .bind(device_id.to_string())
        .bind(owner)
        .execute(&mut *tx)
        .await?;
    let entry = NewEntry {
        device_id: Some(device_id),
        reason,
        detail: Some(match owner {
            "" => "nobody".to_owned(),
            owner => owner.to_owned(),
        }),
        ..NewEntry::of(request, Verb::AttentionAssigned)
    };
    audit::append(tx, entry).await?;
    Ok(Known::New)
}
