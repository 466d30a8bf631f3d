//! A password was given, and it was right or wrong.

use sqlx::AnyConnection;
use trust::time::Timestamp;

use super::{Person, append};
use crate::actor::Actor;
use crate::audit::Verb;
use crate::session::{self, Beginning, Whose};
use crate::{Result, Store};

/// Begins a session of a person whose password was right.
pub async fn sign_in(store: &Store, person: &Person, session: &Beginning) -> Result<()> {
    store
        .write(&(person, session), |tx, (person, session)| {
            Box::pin(sign_in_in(tx, person, session))
        })
        .await
}

async fn sign_in_in(tx: &mut AnyConnection, person: &Person, session: &Beginning) -> Result<()> {
    let whose = Whose::Person(person.id);
    session::insert_in(tx, person.organization_id, person.name.as_str(), &whose, session).await?;
    let actor = Actor::Person(person.name.to_string());
    let when = (person.organization_id, session.at);
    append(tx, when, &actor, Verb::SignedIn, &person.name, None).await
}

/// Tells the audit log that a wrong password was given for a person, and from which address. Nobody knows who gave it.
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
