//! Tokens whose time has run out.

use sqlx::AnyConnection;
use trust::id::OrganizationId;
use trust::time::Timestamp;

use crate::{Result, Store};

/// Deletes the tokens whose time had run out at `now`.
pub async fn forget_ended(store: &Store, now: Timestamp) -> Result<()> {
    store
        .write(&now, |tx, now| {
            Box::pin(async move {
                sqlx::query("DELETE FROM api_token WHERE expires_at <= $1")
                    .bind(now.as_millis())
                    .execute(tx)
                    .await?;
                Ok(())
            })
        })
        .await
}

/// The same of the one that has this name, which is free then, as part of the transaction that takes it.
pub(super) async fn free_name_in(
    tx: &mut AnyConnection,
    organization_id: OrganizationId,
    name: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query("DELETE FROM api_token WHERE organization_id = $1 AND name = $2 AND expires_at <= $3")
        .bind(organization_id.to_string())
        .bind(name.to_owned())
        .bind(now.as_millis())
        .execute(tx)
        .await?;
    Ok(())
}
