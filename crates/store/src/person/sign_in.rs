//! A password was given, and it was right or wrong.

use sqlx::AnyConnection;
use trust::time::Timestamp;

use super::{Person, append};
use crate::actor::Actor;
use crate::audit::Verb;
use crate::session::{self, Beginning, Whose};
use crate::{Result, Store};

/// Begins a session of a person whose password fitted this hash; false, and nothing is changed, when the person has another
/// password or a second factor by now, or is gone.
pub async fn sign_in(store: &Store, person: &Person, hash: &str, session: &Beginning) -> Result<bool> {
    store
        .write(&(person, hash, session), |tx, (person, hash, session)| {
            Box::pin(sign_in_in(tx, person, hash, session))
        })
        .await
}

async fn sign_in_in(
    tx: &mut AnyConnection,
    person: &Person,
    hash: &str,
    session: &Beginning,
) -> Result<bool> {
    let row = sqlx::query(
        "SELECT 1 AS one FROM person WHERE id = $1 AND password_hash = $2 AND second_factor_at IS NULL",
    )
    .bind(person.id.to_string())
    .bind(hash.to_owned())
    .fetch_optional(&mut *tx)
    .await?;
    if row.is_none() {
        return Ok(false);
    }
    let whose = Whose::Person(person.id);
    session::insert_in(tx, person.organization_id, person.name.as_str(), &whose, session).await?;
    let actor = Actor::Person(person.name.to_string());
    let when = (person.organization_id, session.at);
    append(tx, when, &actor, Verb::SignedIn, &person.name, None).await?;
    Ok(true)
}

/// Tells the audit log that a wrong password or code was given for a person, and from which address. Nobody knows who gave it.
pub async fn refused(store: &Store, person: &Person, address: Option<&str>, at: Timestamp) -> Result<()> {
    store
        .write(&(person, address, at), |tx, (person, address, at)| {
            Box::pin(async move {
                let detail = address.map(|address| format!("from {address}"));
                let when = (person.organization_id, *at);
                append(
                    tx,
                    when,
                    &Actor::Server,
                    Verb::SignInRefused,
                    &person.name,
                    detail,
                )
                .await
            })
        })
        .await
}
