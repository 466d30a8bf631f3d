//! A second factor is taken away: by its person, or by somebody who may say who signs in.

use sqlx::AnyConnection;
use trust::id::PersonId;
use trust::time::Timestamp;

use super::forget_steps_in;
use crate::actor::Actor;
use crate::audit::Verb;
use crate::idempotency::{self, Known, Request};
use crate::person::{self, Change, Person};
use crate::{Result, Store};

/// Takes away the second factor of whoever asks; false when there is none.
pub async fn remove_own(store: &Store, person: &Person, at: Timestamp) -> Result<bool> {
    store
        .write(&(person, at), |tx, (person, at)| {
            Box::pin(async move {
                let actor = Actor::Person(person.name.to_string());
                remove_in(tx, person, &actor, *at).await
            })
        })
        .await
}

/// Takes away the second factor of a person who has lost it. [`Change::NotFound`] when there is no such person or none.
pub async fn reset(store: &Store, request: &Request, id: PersonId) -> Result<Change> {
    store
        .write(&(request, id), |tx, (request, id)| {
            Box::pin(reset_in(tx, request, *id))
        })
        .await
}

async fn reset_in(tx: &mut AnyConnection, request: &Request, id: PersonId) -> Result<Change> {
    match idempotency::look_up_in(tx, request).await? {
        Known::New => {}
        Known::Same(_) => return Ok(Change::Before),
        Known::Other => return Ok(Change::KeyReused),
    }
    let Some(person) = person::find_in(tx, request.organization_id, id).await? else {
        return Ok(Change::NotFound);
    };
    if !remove_in(tx, &person, &request.actor, request.at).await? {
        return Ok(Change::NotFound);
    }
    idempotency::keep_in(tx, request, None).await?;
    Ok(Change::Now(Vec::new()))
}

async fn remove_in(tx: &mut AnyConnection, person: &Person, actor: &Actor, at: Timestamp) -> Result<bool> {
    let removed = sqlx::query(
        "UPDATE person SET second_factor_at = NULL WHERE id = $1 AND second_factor_at IS NOT NULL",
    )
    .bind(person.id.to_string())
    .execute(&mut *tx)
    .await?;
    if removed.rows_affected() == 0 {
        return Ok(false);
    }
    forget_in(tx, person.id).await?;
    let when = (person.organization_id, at);
    person::append(tx, when, actor, Verb::SecondFactorRemoved, &person.name, None).await?;
    Ok(true)
}

/// Deletes everything that is kept for a person's second factor, as part of the transaction that takes it or the person away.
pub(crate) async fn forget_in(tx: &mut AnyConnection, person_id: PersonId) -> Result<()> {
    for statement in [
        "DELETE FROM second_factor WHERE person_id = $1",
        "DELETE FROM recovery_code WHERE person_id = $1",
    ] {
        sqlx::query(statement)
            .bind(person_id.to_string())
            .execute(&mut *tx)
            .await?;
    }
    forget_steps_in(tx, person_id).await
}
