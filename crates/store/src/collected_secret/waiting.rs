//! Secrets that wait under the vault's key for their Mac.

use trust::enrolment::SerialNumber;
use trust::id::DeviceId;
use trust::time::Timestamp;

use super::{CollectedSecret, read};
use crate::device::{self, Device};
use crate::row::Row;
use crate::{Result, Store};

/// Secrets that wait although their Mac is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The device.
    pub device: Device,
    /// What waits for it.
    pub secrets: Vec<CollectedSecret>,
}

/// What waits for a device that is approved; `None` when there is no such device.
pub async fn waiting_for(store: &Store, device_id: DeviceId) -> Result<Option<Waiting>> {
    let mut snapshot = store.readers().begin().await?;
    let device = device::find_in(&mut snapshot, device_id).await?;
    let Some(device) = device.filter(|device| !device.pending) else {
        return Ok(None);
    };
    let Ok(serial_number) = device.serial_number.parse::<SerialNumber>() else {
        return Ok(None);
    };
    let rows = sqlx::query(
        "SELECT * FROM collected_secret WHERE organization_id = $1 AND serial_number = $2 \
         AND device_id IS NULL AND ciphertext IS NOT NULL",
    )
    .bind(device.organization_id.to_string())
    .bind(serial_number.as_str())
    .fetch_all(&mut *snapshot)
    .await?;
    snapshot.commit().await?;
    let secrets = rows.iter().map(read).collect::<Result<_>>()?;
    Ok(Some(Waiting { device, secrets }))
}

/// Approved devices for which secrets wait, at most so many.
pub async fn awaited_devices(store: &Store, limit: u32) -> Result<Vec<DeviceId>> {
    let rows = sqlx::query(
        "SELECT DISTINCT device.id FROM collected_secret JOIN device \
         ON device.organization_id = collected_secret.organization_id \
         AND device.serial_number = collected_secret.serial_number \
         WHERE collected_secret.device_id IS NULL AND collected_secret.ciphertext IS NOT NULL \
         AND device.pending = 0 AND device.replaced_by IS NULL ORDER BY device.id LIMIT $1",
    )
    .bind(i64::from(limit))
    .fetch_all(store.readers())
    .await?;
    rows.iter().map(|row| Row::new("device", row).id("id")).collect()
}

/// Destroys what has waited too long. Answers how many secrets that were.
pub async fn destroy_expired(store: &Store, now: Timestamp) -> Result<u64> {
    store
        .write(&now, |tx, now| {
            Box::pin(async move {
                let done = sqlx::query(
                    "UPDATE collected_secret SET encapsulated_key = NULL, ciphertext = NULL \
                     WHERE device_id IS NULL AND ciphertext IS NOT NULL AND expires_at <= $1",
                )
                .bind(now.as_millis())
                .execute(tx)
                .await?;
                Ok(done.rows_affected())
            })
        })
        .await
}
