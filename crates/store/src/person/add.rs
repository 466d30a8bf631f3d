//! Somebody may sign in from now on.

use sqlx::AnyConnection;
use trust::access::{PersonName, Role};
use trust::id::PersonId;

use super::{Change, Invitation, append, invitation, is_taken_in};
use crate::audit::Verb;
use crate::idempotency::{self, Known, Request};
use crate::{Result, Store};

/// A person to be added, who will choose a password.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// The id.
    pub id: PersonId,
    /// The name to sign in by.
    pub name: PersonName,
    /// What the person is.
    pub role: Role,
    /// The link by which a password is chosen.
    pub invitation: Invitation,
}

/// Adds a person.
pub async fn add(store: &Store, request: &Request, new: &NewPerson) -> Result<Change> {
    store
        .write(&(request, new), |tx, (request, new)| {
            Box::pin(add_in(tx, request, new))
        })
        .await
}

async fn add_in(tx: &mut AnyConnection, request: &Request, new: &NewPerson) -> Result<Change> {
    match idempotency::look_up_in(tx, request).await? {
        Known::New => {}
        Known::Same(_) => return Ok(Change::Before),
        Known::Other => return Ok(Change::KeyReused),
    }
    if is_taken_in(tx, request.organization_id, &new.name).await? {
        return Ok(Change::NameTaken);
    }
    sqlx::query(
        "INSERT INTO person (organization_id, id, name, role, created_at) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(request.organization_id.to_string())
    .bind(new.id.to_string())
    .bind(new.name.as_str())
    .bind(new.role.word())
    .bind(request.at.as_millis())
    .execute(&mut *tx)
    .await?;
    invitation::insert_in(tx, request, new.id, &new.invitation).await?;
    idempotency::keep_in(tx, request, None).await?;
    let when = (request.organization_id, request.at);
    let detail = Some(new.role.to_string());
    append(tx, when, &request.actor, Verb::PersonAdded, &new.name, detail).await?;
    Ok(Change::Now(Vec::new()))
}
