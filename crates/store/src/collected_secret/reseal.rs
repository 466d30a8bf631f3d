//! Moving waiting secrets from the vault's key to that of their device.

use sqlx::AnyConnection;
use trust::enrolment::AttributeName;
use trust::id::CollectionId;
use trust::time::Timestamp;
use wire::seal::Sealed;

use crate::actor::Actor;
use crate::audit::{self, NewEntry, Verb};
use crate::device::{self, Device};
use crate::{Result, Store};

/// Secrets that were sealed anew.
#[derive(Debug, Clone)]
pub struct Reseal {
    /// The device, with the key that they are sealed to now.
    pub device: Device,
    /// The new seals.
    pub seals: Vec<(AttributeName, CollectionId, Sealed)>,
    /// When.
    pub at: Timestamp,
}

/// Puts the new seals in the place of the waiting ones. A secret that was collected anew in the meantime stays; when the
/// device has another key by now, all do. Answers how many were moved.
pub async fn reseal(store: &Store, reseal: &Reseal) -> Result<u64> {
    store
        .write(reseal, |tx, reseal| Box::pin(reseal_in(tx, reseal)))
        .await
}

async fn reseal_in(tx: &mut AnyConnection, reseal: &Reseal) -> Result<u64> {
    let now = device::find_in(tx, reseal.device.id).await?;
    if !now.is_some_and(|now| !now.pending && now.sealing_key == reseal.device.sealing_key) {
        return Ok(0);
    }
    let mut moved = Vec::new();
    for (attribute, id, sealed) in &reseal.seals {
        let done = sqlx::query(
            "UPDATE collected_secret SET device_id = $4, expires_at = NULL, sealing_key = $5, \
             encapsulated_key = $6, ciphertext = $7 WHERE organization_id = $1 AND attribute = $2 \
             AND collection_id = $3 AND device_id IS NULL AND ciphertext IS NOT NULL",
        )
        .bind(reseal.device.organization_id.to_string())
        .bind(attribute.as_str())
        .bind(id.to_string())
        .bind(reseal.device.id.to_string())
        .bind(reseal.device.sealing_key.0.to_text())
        .bind(sealed.encapsulated_key.0.clone())
        .bind(sealed.ciphertext.0.clone())
        .execute(&mut *tx)
        .await?;
        if done.rows_affected() > 0 {
            moved.push(attribute.as_str());
        }
    }
    if !moved.is_empty() {
        let entry = NewEntry {
            organization_id: reseal.device.organization_id,
            at: reseal.at,
            actor: &Actor::Server,
            verb: Verb::CollectedSecretResealed,
            device_id: Some(reseal.device.id),
            subject: Some(reseal.device.serial_number.clone()),
            reason: None,
            detail: Some(moved.join(", ")),
        };
        audit::append(tx, entry).await?;
    }
    Ok(u64::try_from(moved.len()).unwrap_or(u64::MAX))
}
