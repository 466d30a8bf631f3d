//! A person has another password.

use sqlx::AnyConnection;
use trust::time::Timestamp;

use super::{Person, append};
use crate::actor::Actor;
use crate::audit::Verb;
use crate::{Result, second_factor, session};

/// Sets a password, and ends what was begun with an older one or waits to replace it.
pub(super) async fn set_in(
    tx: &mut AnyConnection,
    person: &Person,
    hash: &str,
    at: Timestamp,
) -> Result<Vec<String>> {
    sqlx::query("UPDATE person SET password_hash = $2 WHERE id = $1")
        .bind(person.id.to_string())
        .bind(hash.to_owned())
        .execute(&mut *tx)
        .await?;
    sqlx::query("DELETE FROM invitation WHERE person_id = $1")
        .bind(person.id.to_string())
        .execute(&mut *tx)
        .await?;
    second_factor::forget_steps_in(tx, person.id).await?;
    let ended = session::end_of_person_in(tx, person.id).await?;
    let actor = Actor::Person(person.name.to_string());
    let when = (person.organization_id, at);
    append(tx, when, &actor, Verb::PasswordChosen, &person.name, None).await?;
    Ok(ended)
}
