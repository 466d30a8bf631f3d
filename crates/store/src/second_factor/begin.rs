//! Somebody begins to set a second factor up. It counts from when a first code was given.

use sqlx::AnyConnection;
use trust::id::{OrganizationId, PersonId};
use trust::time::Timestamp;

use crate::escrow::WrappedKey;
use crate::{Result, Store};

/// A second factor to be kept.
#[derive(Debug, Clone)]
pub struct NewSecondFactor {
    /// Whose console it is.
    pub organization_id: OrganizationId,
    /// Whose it is.
    pub person_id: PersonId,
    /// The secret, encrypted with its data key.
    pub ciphertext: Vec<u8>,
    /// The data key, wrapped.
    pub data_key: WrappedKey,
    /// When it was made.
    pub at: Timestamp,
}

/// Keeps a secret that is to be confirmed, in the place of one that never was; false, and nothing is changed, when the person
/// has a second factor or is gone.
pub async fn begin(store: &Store, new: &NewSecondFactor) -> Result<bool> {
    store.write(new, |tx, new| Box::pin(begin_in(tx, new))).await
}

async fn begin_in(tx: &mut AnyConnection, new: &NewSecondFactor) -> Result<bool> {
    let row = sqlx::query(
        "SELECT 1 AS one FROM person WHERE organization_id = $1 AND id = $2 AND second_factor_at IS NULL",
    )
    .bind(new.organization_id.to_string())
    .bind(new.person_id.to_string())
    .fetch_optional(&mut *tx)
    .await?;
    if row.is_none() {
        return Ok(false);
    }
    sqlx::query(
        "INSERT INTO second_factor (organization_id, person_id, ciphertext, wrapping_key, wrapped, last_step, created_at) \
         VALUES ($1, $2, $3, $4, $5, 0, $6) ON CONFLICT (person_id) DO UPDATE SET \
         ciphertext = excluded.ciphertext, wrapping_key = excluded.wrapping_key, wrapped = excluded.wrapped, \
         last_step = 0, created_at = excluded.created_at",
    )
    .bind(new.organization_id.to_string())
    .bind(new.person_id.to_string())
    .bind(new.ciphertext.clone())
    .bind(new.data_key.wrapping_key.as_str())
    .bind(new.data_key.wrapped.clone())
    .bind(new.at.as_millis())
    .execute(tx)
    .await?;
    Ok(true)
}
