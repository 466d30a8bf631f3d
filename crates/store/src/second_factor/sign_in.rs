//! Signing in with a second factor: the password was right, and the second step is to come.

use sqlx::AnyConnection;
use trust::id::PersonId;
use trust::time::Timestamp;

use crate::actor::Actor;
use crate::audit::Verb;
use crate::person::{self, Person};
use crate::session::{self, Beginning, Whose};
use crate::{Result, Store};

/// What the page of the second step holds.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its SHA-256.
    pub hash: String,
    /// Until when it can be used.
    pub expires_at: Timestamp,
}

/// Notes that the password of a person fitted this hash; false, and nothing is changed, when the person has another one by
/// now, has no second factor, or is gone.
pub async fn begin_step(store: &Store, person: &Person, hash: &str, step: &Step) -> Result<bool> {
    store
        .write(&(person, hash, step), |tx, (person, hash, step)| {
            Box::pin(begin_step_in(tx, person, hash, step))
        })
        .await
}

async fn begin_step_in(tx: &mut AnyConnection, person: &Person, hash: &str, step: &Step) -> Result<bool> {
    let done = sqlx::query(
        "INSERT INTO sign_in_step (organization_id, hash, person_id, expires_at) \
         SELECT organization_id, $3, id, $4 FROM person \
         WHERE id = $1 AND password_hash = $2 AND second_factor_at IS NOT NULL",
    )
    .bind(person.id.to_string())
    .bind(hash.to_owned())
    .bind(step.hash.as_str())
    .bind(step.expires_at.as_millis())
    .execute(tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Whose second step is to come on the page of this hash, as long as it can be used at `now`.
pub async fn find_step(store: &Store, hash: &str, now: Timestamp) -> Result<Option<Person>> {
    let mut reader = store.readers().acquire().await?;
    find_step_in(&mut reader, hash, now).await
}

async fn find_step_in(connection: &mut AnyConnection, hash: &str, now: Timestamp) -> Result<Option<Person>> {
    let row = sqlx::query(
        "SELECT person.* FROM sign_in_step JOIN person ON person.id = sign_in_step.person_id \
         WHERE sign_in_step.hash = $1 AND sign_in_step.expires_at > $2",
    )
    .bind(hash.to_owned())
    .bind(now.as_millis())
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(person::read).transpose()
}

/// By what somebody proves to be who it is.
#[derive(Debug, Clone)]
pub enum Proof {
    /// A code of the app, of this time step.
    Code(u64),
    /// The SHA-256 of a recovery code.
    RecoveryCode(String),
}

/// What came of the second step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finished {
    /// The session has begun.
    In,
    /// The code was taken before, or is none. Nothing was changed.
    Refused,
    /// The page can no longer be used. Nothing was changed.
    Gone,
}

/// Begins the session, when the proof is one. No code is taken twice.
pub async fn finish(store: &Store, hash: &str, proof: &Proof, session: &Beginning) -> Result<Finished> {
    store
        .write(&(hash, proof, session), |tx, (hash, proof, session)| {
            Box::pin(finish_in(tx, hash, proof, session))
        })
        .await
}

async fn finish_in(
    tx: &mut AnyConnection,
    hash: &str,
    proof: &Proof,
    session: &Beginning,
) -> Result<Finished> {
    let Some(person) = find_step_in(tx, hash, session.at).await? else {
        return Ok(Finished::Gone);
    };
    let taken = match proof {
        Proof::Code(step) => {
            sqlx::query("UPDATE second_factor SET last_step = $2 WHERE person_id = $1 AND last_step < $2")
                .bind(person.id.to_string())
                .bind(i64::try_from(*step).unwrap_or(i64::MAX))
                .execute(&mut *tx)
                .await?
        }
        Proof::RecoveryCode(hash) => {
            sqlx::query("DELETE FROM recovery_code WHERE person_id = $1 AND hash = $2")
                .bind(person.id.to_string())
                .bind(hash.as_str())
                .execute(&mut *tx)
                .await?
        }
    };
    if taken.rows_affected() == 0 {
        return Ok(Finished::Refused);
    }
    forget_steps_in(tx, person.id).await?;
    let whose = Whose::Person(person.id);
    session::insert_in(tx, person.organization_id, person.name.as_str(), &whose, session).await?;
    let actor = Actor::Person(person.name.to_string());
    let when = (person.organization_id, session.at);
    let detail = match proof {
        Proof::Code(_) => "with a second factor",
        Proof::RecoveryCode(_) => "with a recovery code",
    };
    let detail = Some(detail.to_owned());
    person::append(tx, when, &actor, Verb::SignedIn, &person.name, detail).await?;
    Ok(Finished::In)
}

/// Deletes the steps that a person has not gone, as part of the transaction that takes away what they rest on.
pub(crate) async fn forget_steps_in(tx: &mut AnyConnection, person_id: PersonId) -> Result<()> {
    sqlx::query("DELETE FROM sign_in_step WHERE person_id = $1")
        .bind(person_id.to_string())
        .execute(tx)
        .await?;
    Ok(())
}

/// Deletes the steps whose time had run out at `now`.
pub async fn forget_ended(store: &Store, now: Timestamp) -> Result<()> {
    store
        .write(&now, |tx, now| {
            Box::pin(async move {
                sqlx::query("DELETE FROM sign_in_step WHERE expires_at <= $1")
                    .bind(now.as_millis())
                    .execute(tx)
                    .await?;
                Ok(())
            })
        })
        .await
}
