//! A person has another role. It holds from the next request on.

use sqlx::AnyConnection;
use trust::access::Role;
use trust::id::PersonId;

use super::{Change, append, find_in, is_last_owner_in};
use crate::audit::Verb;
use crate::idempotency::{self, Known, Request};
use crate::{Result, Store};

/// Gives a person another role.
pub async fn set_role(store: &Store, request: &Request, id: PersonId, role: Role) -> Result<Change> {
    store
        .write(&(request, id, role), |tx, (request, id, role)| {
            Box::pin(set_role_in(tx, request, *id, *role))
        })
        .await
}

async fn set_role_in(tx: &mut AnyConnection, request: &Request, id: PersonId, role: Role) -> Result<Change> {
    match idempotency::look_up_in(tx, request).await? {
        Known::New => {}
        Known::Same(_) => return Ok(Change::Before),
        Known::Other => return Ok(Change::KeyReused),
    }
    let organization_id = request.organization_id;
    let Some(person) = find_in(tx, organization_id, id).await? else {
        return Ok(Change::NotFound);
    };
    if role != Role::Owner && is_last_owner_in(tx, organization_id, id).await? {
        return Ok(Change::LastOwner);
    }
    sqlx::query("UPDATE person SET role = $3 WHERE organization_id = $1 AND id = $2")
        .bind(organization_id.to_string())
        .bind(id.to_string())
        .bind(role.word())
        .execute(&mut *tx)
        .await?;
    // Who was invited as something else is invited anew: the old link may lie where it lets too many in.
    if role != person.role {
        sqlx::query("DELETE FROM invitation WHERE person_id = $1")
            .bind(id.to_string())
            .execute(&mut *tx)
            .await?;
    }
    idempotency::keep_in(tx, request, None).await?;
    let detail = Some(format!("{} to {role}", person.role));
    let when = (organization_id, request.at);
    append(
        tx,
        when,
        &request.actor,
        Verb::PersonRoleChanged,
        &person.name,
        detail,
    )
    .await?;
    Ok(Change::Now(Vec::new()))
}
