//! The data keys of second factors, which change when the vault's own key does.

use sqlx::AnyConnection;
use trust::id::{OrganizationId, PersonId};

use crate::escrow::WrappedKey;
use crate::row::Row;
use crate::{Result, Store};

/// A data key with the person whose second factor it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonKey {
    /// The organisation.
    pub organization_id: OrganizationId,
    /// The person.
    pub person_id: PersonId,
    /// The key.
    pub key: WrappedKey,
}

/// At most `limit` data keys that are wrapped by the key of this id.
pub async fn under(store: &Store, wrapping_key: &str, limit: u32) -> Result<Vec<PersonKey>> {
    let rows = sqlx::query("SELECT * FROM second_factor WHERE wrapping_key = $1 LIMIT $2")
        .bind(wrapping_key)
        .bind(i64::from(limit))
        .fetch_all(store.readers())
        .await?;
    rows.iter()
        .map(|row| {
            let row = Row::new("second_factor", row);
            Ok(PersonKey {
                organization_id: row.id("organization_id")?,
                person_id: row.id("person_id")?,
                key: WrappedKey {
                    wrapping_key: row.text("wrapping_key")?,
                    wrapped: row.bytes("wrapped")?,
                },
            })
        })
        .collect()
}

/// Puts new wrappings in the place of the ones that were read, all or none. One that was changed meanwhile stays.
pub async fn wrap_anew(store: &Store, wrapped: &[(PersonKey, WrappedKey)]) -> Result<()> {
    store
        .write(wrapped, |tx, wrapped| Box::pin(wrap_anew_in(tx, wrapped)))
        .await
}

async fn wrap_anew_in(tx: &mut AnyConnection, wrapped: &[(PersonKey, WrappedKey)]) -> Result<()> {
    for (before, new) in wrapped {
        sqlx::query(
            "UPDATE second_factor SET wrapping_key = $2, wrapped = $3 WHERE person_id = $1 AND wrapped = $4",
        )
        .bind(before.person_id.to_string())
        .bind(new.wrapping_key.as_str())
        .bind(new.wrapped.clone())
        .bind(before.key.wrapped.clone())
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}
