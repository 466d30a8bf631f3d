//! Tokens of programs that use the API. Only their hashes are here.

use sqlx::AnyConnection;
use trust::id::OrganizationId;
use trust::time::Timestamp;

use crate::actor::Actor;
use crate::audit::{self, NewEntry, Verb};
use crate::row::Row;
use crate::{Result, Store};

/// A token to be kept.
#[derive(Debug, Clone)]
pub struct NewApiToken {
    /// Whose token.
    pub organization_id: OrganizationId,
    /// Its SHA-256.
    pub hash: String,
    /// Its name, which stands in the audit log. One organisation's tokens have different names.
    pub name: String,
    /// When it was made.
    pub at: Timestamp,
    /// Who made it.
    pub actor: Actor,
}

/// Keeps a token. A token of the same name is no longer valid afterwards.
pub async fn create(store: &Store, new: &NewApiToken) -> Result<()> {
    store.write(new, |tx, new| Box::pin(create_in(tx, new))).await
}

async fn create_in(tx: &mut AnyConnection, new: &NewApiToken) -> Result<()> {
    sqlx::query(
        "INSERT INTO api_token (organization_id, hash, name, created_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (organization_id, name) DO UPDATE SET hash = excluded.hash, created_at = excluded.created_at",
    )
    .bind(new.organization_id.to_string())
    .bind(new.hash.as_str())
    .bind(new.name.as_str())
    .bind(new.at.as_millis())
    .execute(&mut *tx)
    .await?;
    let entry = NewEntry {
        organization_id: new.organization_id,
        at: new.at,
        actor: &new.actor,
        verb: Verb::ApiTokenCreated,
        device_id: None,
        subject: Some(new.name.clone()),
        reason: None,
        detail: None,
    };
    audit::append(tx, entry).await
}

/// Whose token it is: the organisation, and the program as an actor.
pub async fn find(store: &Store, hash: &str) -> Result<Option<(OrganizationId, Actor)>> {
    let row = sqlx::query("SELECT organization_id, name FROM api_token WHERE hash = $1")
        .bind(hash)
        .fetch_optional(store.readers())
        .await?;
    row.as_ref()
        .map(|row| {
            let row = Row::new("api_token", row);
            Ok((row.id("organization_id")?, Actor::ApiToken(row.text("name")?)))
        })
        .transpose()
}
