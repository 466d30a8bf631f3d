//! The first person: whoever came by a link of the server's operator chooses a name and a password.

use sqlx::AnyConnection;
use trust::access::{PersonName, Role};
use trust::id::{OrganizationId, PersonId};

use super::{Change, Person, append, choose_password, is_taken_in};
use crate::actor::Actor;
use crate::audit::Verb;
use crate::session::{self, Beginning, Whose};
use crate::{Result, Store};

/// Makes a person of whoever is signed in by the cookie of the hash `by_link`, as an owner, and goes on in a session of that
/// person. [`Change::NotFound`] when that session is over, or belongs to a person already.
pub async fn set_up(
    store: &Store,
    by_link: &str,
    (id, name): (PersonId, &PersonName),
    password_hash: &str,
    session: &Beginning,
) -> Result<Change> {
    let new = (by_link, id, name, password_hash, session);
    store
        .write(&new, |tx, (by_link, id, name, password_hash, session)| {
            Box::pin(set_up_in(tx, by_link, (*id, name), password_hash, session))
        })
        .await
}

async fn set_up_in(
    tx: &mut AnyConnection,
    by_link: &str,
    (id, name): (PersonId, &PersonName),
    password_hash: &str,
    session: &Beginning,
) -> Result<Change> {
    let row = sqlx::query(
        "SELECT organization_id FROM session \
         WHERE hash = $1 AND person_id IS NULL AND role = $2 AND expires_at > $3",
    )
    .bind(by_link.to_owned())
    .bind(Role::Owner.word())
    .bind(session.at.as_millis())
    .fetch_optional(&mut *tx)
    .await?;
    let Some(row) = row else {
        return Ok(Change::NotFound);
    };
    let organization_id: OrganizationId = crate::row::Row::new("session", &row).id("organization_id")?;
    if is_taken_in(tx, organization_id, name).await? {
        return Ok(Change::NameTaken);
    }
    sqlx::query(
        "INSERT INTO person (organization_id, id, name, role, created_at) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(organization_id.to_string())
    .bind(id.to_string())
    .bind(name.as_str())
    .bind(Role::Owner.word())
    .bind(session.at.as_millis())
    .execute(&mut *tx)
    .await?;
    sqlx::query("DELETE FROM session WHERE hash = $1")
        .bind(by_link.to_owned())
        .execute(&mut *tx)
        .await?;
    let person = Person {
        id,
        organization_id,
        name: name.clone(),
        role: Role::Owner,
        has_password: true,
        second_factor_at: None,
        created_at: session.at,
    };
    let actor = Actor::Person(name.to_string());
    let detail = Some(Role::Owner.to_string());
    let when = (organization_id, session.at);
    append(tx, when, &actor, Verb::PersonAdded, name, detail).await?;
    choose_password::set_in(tx, &person, password_hash, session.at).await?;
    session::insert_in(tx, organization_id, name.as_str(), &Whose::Person(id), session).await?;
    Ok(Change::Now(vec![by_link.to_owned()]))
}
