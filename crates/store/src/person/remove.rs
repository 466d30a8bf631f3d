//! A person may no longer sign in.

use sqlx::AnyConnection;
use trust::id::PersonId;

use super::{Change, append, find_in, is_last_owner_in};
use crate::audit::Verb;
use crate::idempotency::{self, Known, Request};
use crate::{Result, Store};
use crate::{second_factor, session};

/// Removes a person and ends the sessions. What was done stands in the audit log under the name.
pub async fn remove(store: &Store, request: &Request, id: PersonId) -> Result<Change> {
    store
        .write(&(request, id), |tx, (request, id)| {
            Box::pin(remove_in(tx, request, *id))
        })
        .await
}

async fn remove_in(tx: &mut AnyConnection, request: &Request, id: PersonId) -> Result<Change> {
    match idempotency::look_up_in(tx, request).await? {
        Known::New => {}
        Known::Same(_) => return Ok(Change::Before),
        Known::Other => return Ok(Change::KeyReused),
    }
    let organization_id = request.organization_id;
    let Some(person) = find_in(tx, organization_id, id).await? else {
        return Ok(Change::NotFound);
    };
    if is_last_owner_in(tx, organization_id, id).await? {
        return Ok(Change::LastOwner);
    }
    let ended = session::end_of_person_in(tx, id).await?;
    second_factor::forget_in(tx, id).await?;
    for statement in [
        "DELETE FROM invitation WHERE person_id = $1",
        "DELETE FROM person WHERE id = $1",
    ] {
        sqlx::query(statement)
            .bind(id.to_string())
            .execute(&mut *tx)
            .await?;
    }
    idempotency::keep_in(tx, request, None).await?;
    let when = (organization_id, request.at);
    append(tx, when, &request.actor, Verb::PersonRemoved, &person.name, None).await?;
    Ok(Change::Now(ended))
}
