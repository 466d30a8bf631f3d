//! A second factor is confirmed by a first code: it is asked for from now on.

use sqlx::AnyConnection;
use trust::time::Timestamp;

use crate::actor::Actor;
use crate::audit::Verb;
use crate::person::{self, Person};
use crate::{Result, Store};

/// Confirms a person's second factor by the code of this time step, and keeps the hashes of the recovery codes; false, and
/// nothing is changed, when there is none that waits for it.
pub async fn confirm(
    store: &Store,
    person: &Person,
    step: u64,
    recovery_codes: &[String],
    at: Timestamp,
) -> Result<bool> {
    store
        .write(
            &(person, step, recovery_codes, at),
            |tx, (person, step, codes, at)| Box::pin(confirm_in(tx, person, *step, codes, *at)),
        )
        .await
}

async fn confirm_in(
    tx: &mut AnyConnection,
    person: &Person,
    step: u64,
    recovery_codes: &[String],
    at: Timestamp,
) -> Result<bool> {
    let begun =
        sqlx::query("UPDATE second_factor SET last_step = $2 WHERE person_id = $1 AND last_step < $2")
            .bind(person.id.to_string())
            .bind(i64::try_from(step).unwrap_or(i64::MAX))
            .execute(&mut *tx)
            .await?;
    let confirmed =
        sqlx::query("UPDATE person SET second_factor_at = $2 WHERE id = $1 AND second_factor_at IS NULL")
            .bind(person.id.to_string())
            .bind(at.as_millis())
            .execute(&mut *tx)
            .await?;
    if begun.rows_affected() == 0 || confirmed.rows_affected() == 0 {
        return Ok(false);
    }
    for hash in recovery_codes {
        sqlx::query("INSERT INTO recovery_code (organization_id, person_id, hash) VALUES ($1, $2, $3)")
            .bind(person.organization_id.to_string())
            .bind(person.id.to_string())
            .bind(hash.as_str())
            .execute(&mut *tx)
            .await?;
    }
    let actor = Actor::Person(person.name.to_string());
    let when = (person.organization_id, at);
    person::append(tx, when, &actor, Verb::SecondFactorAdded, &person.name, None).await?;
    Ok(true)
}
