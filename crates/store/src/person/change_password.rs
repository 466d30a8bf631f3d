//! Somebody who is signed in chooses another password.

use sqlx::AnyConnection;

use super::{Person, choose_password};
use crate::session::{self, Beginning, Whose};
use crate::{Result, Store};

/// Gives a person the password of the hash `new` in the place of that of `former`, ends the sessions and goes on in a new one. The
/// hashes of the cookies whose sessions have ended; `None`, and nothing is changed, when the password is another one by now.
pub async fn change_password(
    store: &Store,
    person: &Person,
    (former, new): (&str, &str),
    session: &Beginning,
) -> Result<Option<Vec<String>>> {
    store
        .write(
            &(person, former, new, session),
            |tx, (person, former, new, session)| Box::pin(change_in(tx, person, (former, new), session)),
        )
        .await
}

async fn change_in(
    tx: &mut AnyConnection,
    person: &Person,
    (former, new): (&str, &str),
    session: &Beginning,
) -> Result<Option<Vec<String>>> {
    let row = sqlx::query("SELECT 1 AS one FROM person WHERE id = $1 AND password_hash = $2")
        .bind(person.id.to_string())
        .bind(former.to_owned())
        .fetch_optional(&mut *tx)
        .await?;
    if row.is_none() {
        return Ok(None);
    }
    let ended = choose_password::set_in(tx, person, new, session.at).await?;
    let whose = Whose::Person(person.id);
    session::insert_in(tx, person.organization_id, person.name.as_str(), &whose, session).await?;
    Ok(Some(ended))
}
