//! Secrets that were collected for wildcards, each sealed to a device's key, or to the vault's while there is no device.

mod reseal;
mod waiting;

pub use reseal::{Reseal, reseal};
pub use waiting::{Waiting, awaited_devices, destroy_expired, waiting_for};

use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use trust::enrolment::{AttributeName, SerialNumber};
use trust::id::{CollectionId, DeviceId, OrganizationId};
use trust::time::Timestamp;
use wire::encoding::Bytes;
use wire::seal::{Sealed, SealingPublicKey};

use crate::row::Row;
use crate::{Result, Store};

/// A collected secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollectedSecret {
    /// Which attribute's value it is.
    pub attribute: AttributeName,
    /// This collecting of it.
    pub id: CollectionId,
    /// When it was collected.
    pub collected_at: Timestamp,
    /// Whose key it is sealed to.
    pub sealed_to: Recipient,
    /// That key.
    pub sealing_key: SealingPublicKey,
    /// The seal; `None` when it was destroyed.
    pub sealed: Option<Sealed>,
}

/// Whose key a collected secret is sealed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipient {
    /// This device's.
    Device(DeviceId),
    /// The vault's: the Mac has no key yet.
    Vault {
        /// When the secret is destroyed.
        expires_at: Timestamp,
    },
}

/// The secrets that were collected for a Mac, by attribute.
pub async fn list(
    store: &Store,
    organization_id: OrganizationId,
    serial_number: &SerialNumber,
) -> Result<Vec<CollectedSecret>> {
    let mut reader = store.readers().acquire().await?;
    list_in(&mut reader, organization_id, serial_number).await
}

pub(crate) async fn list_in(
    connection: &mut AnyConnection,
    organization_id: OrganizationId,
    serial_number: &SerialNumber,
) -> Result<Vec<CollectedSecret>> {
    let rows = sqlx::query(
        "SELECT * FROM collected_secret WHERE organization_id = $1 AND serial_number = $2 ORDER BY attribute",
    )
    .bind(organization_id.to_string())
    .bind(serial_number.as_str())
    .fetch_all(connection)
    .await?;
    rows.iter().map(read).collect()
}

/// Keeps a secret in the place of an earlier one of the same attribute.
pub(crate) async fn save_in(
    tx: &mut AnyConnection,
    organization_id: OrganizationId,
    serial_number: &SerialNumber,
    secret: &CollectedSecret,
) -> Result<()> {
    let (device_id, expires_at) = match secret.sealed_to {
        Recipient::Device(id) => (Some(id.to_string()), None),
        Recipient::Vault { expires_at } => (None, Some(expires_at.as_millis())),
    };
    let sealed = secret.sealed.as_ref();
    sqlx::query(
        "INSERT INTO collected_secret (organization_id, serial_number, attribute, collection_id, collected_at, \
         device_id, expires_at, sealing_key, encapsulated_key, ciphertext) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
         ON CONFLICT (organization_id, serial_number, attribute) DO UPDATE SET \
         collection_id = excluded.collection_id, collected_at = excluded.collected_at, \
         device_id = excluded.device_id, expires_at = excluded.expires_at, sealing_key = excluded.sealing_key, \
         encapsulated_key = excluded.encapsulated_key, ciphertext = excluded.ciphertext",
    )
    .bind(organization_id.to_string())
    .bind(serial_number.as_str())
    .bind(secret.attribute.as_str())
    .bind(secret.id.to_string())
    .bind(secret.collected_at.as_millis())
    .bind(device_id)
    .bind(expires_at)
    .bind(secret.sealing_key.0.to_text())
    .bind(sealed.map(|sealed| sealed.encapsulated_key.0.clone()))
    .bind(sealed.map(|sealed| sealed.ciphertext.0.clone()))
    .execute(tx)
    .await?;
    Ok(())
}

/// Destroys the secret of an attribute; of all of them when none is named.
pub(crate) async fn destroy_in(
    tx: &mut AnyConnection,
    organization_id: OrganizationId,
    serial_number: &SerialNumber,
    attribute: Option<&AttributeName>,
) -> Result<u64> {
    let done = sqlx::query(
        "DELETE FROM collected_secret WHERE organization_id = $1 AND serial_number = $2 \
         AND ($3 = '' OR attribute = $3)",
    )
    .bind(organization_id.to_string())
    .bind(serial_number.as_str())
    .bind(attribute.map_or("", AttributeName::as_str))
    .execute(tx)
    .await?;
    Ok(done.rows_affected())
}

fn read(row: &AnyRow) -> Result<CollectedSecret> {
    let row = Row::new("collected_secret", row);
    let sealed_to = match row.optional_id("device_id")? {
        Some(device_id) => Recipient::Device(device_id),
        None => Recipient::Vault {
            expires_at: row.time("expires_at")?,
        },
    };
    let seal = row
        .optional_bytes("encapsulated_key")?
        .zip(row.optional_bytes("ciphertext")?);
    Ok(CollectedSecret {
        attribute: row.word("attribute", |name| name.parse().ok())?,
        id: row.id("collection_id")?,
        collected_at: row.time("collected_at")?,
        sealed_to,
        sealing_key: SealingPublicKey(row.word("sealing_key", |key| Bytes::from_text(key).ok())?),
        sealed: seal.map(|(encapsulated_key, ciphertext)| Sealed {
            encapsulated_key: Bytes(encapsulated_key),
            ciphertext: Bytes(ciphertext),
        }),
    })
}
