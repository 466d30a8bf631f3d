//! A person has another password.

use sqlx::AnyConnection;
use trust::time::Timestamp;

use super::{Person, append};
use crate::actor::Actor;
use crate::audit::Verb;
use crate::session::{self, Beginning, Whose};
use crate::{Result, Store};

/// A password that somebody has chosen in his own session.
#[derive(Debug, Clone)]
pub struct Password {
    /// Whose it is.
    pub person: Person,
    /// Its hash.
    pub hash: String,
    /// The session in the place of all that there were.
    pub session: Beginning,
}

/// Changes a person's password and ends the sessions; the one in which it was asked goes on as a new one. Answers the
/// hashes of the cookies whose sessions have ended.
pub async fn change_password(store: &Store, password: &Password) -> Result<Vec<String>> {
    store
        .write(password, |tx, password| Box::pin(change_in(tx, password)))
        .await
}

async fn change_in(tx: &mut AnyConnection, password: &Password) -> Result<Vec<String>> {
    let Password {
        person,
        hash,
        session,
    } = password;
    let ended = set_in(tx, person, hash, session.at).await?;
    let whose = Whose::Person(person.id);
    session::insert_in(tx, person.organization_id, person.name.as_str(), &whose, session).await?;
    Ok(ended)
}

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
    let ended = session::end_of_person_in(tx, person.id).await?;
    let actor = Actor::Person(person.name.to_string());
    let when = (person.organization_id, at);
    append(tx, when, &actor, Verb::PasswordChosen, &person.name, None).await?;
    Ok(ended)
}
