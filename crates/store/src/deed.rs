//! What agents did by themselves, without an action that asked for it. Kept for ever.

use sqlx::AnyConnection;
use trust::id::{DeviceId, OrganizationId};
use trust::local_administrator::DEEDS;
use trust::service_account::Deed;
use trust::time::Timestamp;

use crate::actor::Actor;
use crate::audit::{self, NewEntry, Verb};
use crate::row::{Row, to_json};
use crate::{Result, Store};

/// Deeds that an agent told.
#[derive(Debug, Clone, Copy)]
pub struct NewDeeds<'a> {
    /// The device's organisation.
    pub organization_id: OrganizationId,
    /// The device.
    pub device_id: DeviceId,
    /// What its agent did, oldest first.
    pub deeds: &'a [Deed],
    /// When it was told.
    pub at: Timestamp,
}

/// Keeps deeds, each once however often it is told.
pub async fn save(store: &Store, new: &NewDeeds<'_>) -> Result<()> {
    store.write(new, |tx, new| Box::pin(save_in(tx, new))).await
}

async fn save_in(tx: &mut AnyConnection, new: &NewDeeds<'_>) -> Result<()> {
    for deed in new.deeds {
        let kept = sqlx::query(
            "INSERT INTO deed (organization_id, id, device_id, at, has_edge, json) VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT (id) DO NOTHING",
        )
        .bind(new.organization_id.to_string())
        .bind(deed.id.to_string())
        .bind(new.device_id.to_string())
        .bind(deed.at.as_millis())
        .bind(i64::from(deed.edge.is_some()))
        .bind(to_json("deed", deed)?)
        .execute(&mut *tx)
        .await?;
        if kept.rows_affected() == 0 {
            continue;
        }
        let entry = NewEntry {
            organization_id: new.organization_id,
            at: new.at,
            actor: &Actor::Device(new.device_id),
            verb: Verb::ServiceAccountDeed,
            device_id: Some(new.device_id),
            subject: deed.account.clone(),
            reason: None,
            detail: Some(format!("{}: {}", deed.kind.word(), deed.code)),
        };
        audit::append(tx, entry).await?;
    }
    Ok(())
}

/// The last deeds of a device's agent, newest first.
pub async fn list(
    store: &Store,
    organization_id: OrganizationId,
    device_id: DeviceId,
    limit: u32,
) -> Result<Vec<Deed>> {
    let rows = sqlx::query(
        "SELECT json FROM deed WHERE organization_id = $1 AND device_id = $2 ORDER BY at DESC, id DESC LIMIT $3",
    )
    .bind(organization_id.to_string())
    .bind(device_id.to_string())
    .bind(i64::from(limit))
    .fetch_all(store.readers())
    .await?;
    rows.iter()
        .map(|row| Row::new("deed", row).json("json"))
        .collect()
}

/// The last thing that a device's agent told of its local administrator; `None` where it told nothing of it.
pub async fn last_of_local_administrator(
    store: &Store,
    organization_id: OrganizationId,
    device_id: DeviceId,
) -> Result<Option<Deed>> {
    // A kind is kept in the JSON alone. What stands in a text of it has its quotation marks escaped.
    let [made, rotated] = DEEDS.map(|kind| format!("%\"kind\":\"{}\"%", kind.word()));
    let row = sqlx::query(
        "SELECT json FROM deed WHERE organization_id = $1 AND device_id = $2 AND (json LIKE $3 OR json LIKE $4) \
         ORDER BY at DESC, id DESC LIMIT 1",
    )
    .bind(organization_id.to_string())
    .bind(device_id.to_string())
    .bind(made)
    .bind(rotated)
    .fetch_optional(store.readers())
    .await?;
    row.map(|row| Row::new("deed", &row).json("json")).transpose()
}
