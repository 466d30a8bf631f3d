//! Making a token.

use sqlx::AnyConnection;
use trust::access::{Rights, Role};
use trust::id::OrganizationId;
use trust::time::Timestamp;

use super::forget_ended::free_name_in;
use crate::actor::Actor;
use crate::audit::{self, NewEntry, Verb};
use crate::idempotency::{self, Known, Request};
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

/// Keeps a token of the server's own operator, which brings everything. A token of the same name is no longer valid
/// afterwards.
pub async fn create(store: &Store, new: &NewApiToken) -> Result<()> {
    store.write(new, |tx, new| Box::pin(create_in(tx, new))).await
}

async fn create_in(tx: &mut AnyConnection, new: &NewApiToken) -> Result<()> {
    sqlx::query("DELETE FROM api_token WHERE organization_id = $1 AND name = $2")
        .bind(new.organization_id.to_string())
        .bind(new.name.as_str())
        .execute(&mut *tx)
        .await?;
    let issued = Issued {
        hash: new.hash.clone(),
        name: new.name.clone(),
        role: Role::Owner,
        scopes: None,
        expires_at: None,
    };
    insert_in(tx, new.organization_id, &new.actor, new.at, &issued).await
}

/// A token that somebody asks for.
#[derive(Debug, Clone)]
pub struct Issued {
    /// Its SHA-256.
    pub hash: String,
    /// Its name.
    pub name: String,
    /// What it brings.
    pub role: Role,
    /// Which permissions of the role it brings; all of them where there are none.
    pub scopes: Option<Rights>,
    /// Until when it is valid; for good where there is none.
    pub expires_at: Option<Timestamp>,
}

/// What came of asking for a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Created {
    /// It is kept.
    Now,
    /// It was made by an earlier request of the key.
    Before,
    /// Another token has the name.
    NameTaken,
    /// The idempotency key belongs to another request. Nothing was changed.
    KeyReused,
}

/// Keeps a token that somebody asks for.
pub async fn issue(store: &Store, request: &Request, token: &Issued) -> Result<Created> {
    store
        .write(&(request, token), |tx, (request, token)| {
            Box::pin(issue_in(tx, request, token))
        })
        .await
}

async fn issue_in(tx: &mut AnyConnection, request: &Request, token: &Issued) -> Result<Created> {
    match idempotency::look_up_in(tx, request).await? {
        Known::New => {}
        Known::Same(_) => return Ok(Created::Before),
        Known::Other => return Ok(Created::KeyReused),
    }
    free_name_in(tx, request.organization_id, &token.name, request.at).await?;
    let taken = sqlx::query("SELECT 1 AS one FROM api_token WHERE organization_id = $1 AND name = $2")
        .bind(request.organization_id.to_string())
        .bind(token.name.as_str())
        .fetch_optional(&mut *tx)
        .await?;
    if taken.is_some() {
        return Ok(Created::NameTaken);
    }
    insert_in(tx, request.organization_id, &request.actor, request.at, token).await?;
    idempotency::keep_in(tx, request, None).await?;
    Ok(Created::Now)
}

async fn insert_in(
    tx: &mut AnyConnection,
    organization_id: OrganizationId,
    actor: &Actor,
    at: Timestamp,
    token: &Issued,
) -> Result<()> {
    let scopes = token.scopes.map(|scopes| {
        let words: Vec<_> = scopes.list().into_iter().map(|scope| scope.word()).collect();
        words.join(" ")
    });
    sqlx::query(
        "INSERT INTO api_token (organization_id, hash, name, created_at, role, scopes, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(organization_id.to_string())
    .bind(token.hash.as_str())
    .bind(token.name.as_str())
    .bind(at.as_millis())
    .bind(token.role.word())
    .bind(scopes.clone())
    .bind(token.expires_at.map(Timestamp::as_millis))
    .execute(&mut *tx)
    .await?;
    let entry = NewEntry {
        organization_id,
        at,
        actor,
        verb: Verb::ApiTokenCreated,
        device_id: None,
        subject: Some(token.name.clone()),
        reason: None,
        detail: Some(match scopes {
            Some(scopes) => format!("{}: {scopes}", token.role),
            None => token.role.to_string(),
        }),
    };
    audit::append(tx, entry).await
}
