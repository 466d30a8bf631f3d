//! Links by which a person chooses a password: the first one, or another when it was forgotten.

use sqlx::AnyConnection;
use trust::access::Role;
use trust::id::PersonId;
use trust::time::Timestamp;

use super::{Change, Person, append, choose_password, find_in, read};
use crate::actor::Actor;
use crate::audit::Verb;
use crate::idempotency::{self, Known, Request};
use crate::session::{self, Beginning, Whose};
use crate::{Result, Store};

/// A link to be kept.
#[derive(Debug, Clone)]
pub struct Invitation {
    /// SHA-256 of what the link holds.
    pub hash: String,
    /// Until when it can be used.
    pub expires_at: Timestamp,
}

/// Makes a new link for somebody who has this role. An older one can no longer be used; the password stays until another is
/// chosen. `None`, and nothing is changed, when the person has another role by now.
pub async fn invite(
    store: &Store,
    request: &Request,
    (id, role): (PersonId, Role),
    invitation: &Invitation,
) -> Result<Option<Change>> {
    store
        .write(
            &(request, id, role, invitation),
            |tx, (request, id, role, invitation)| Box::pin(invite_in(tx, request, (*id, *role), invitation)),
        )
        .await
}

async fn invite_in(
    tx: &mut AnyConnection,
    request: &Request,
    (id, role): (PersonId, Role),
    invitation: &Invitation,
) -> Result<Option<Change>> {
    match idempotency::look_up_in(tx, request).await? {
        Known::New => {}
        Known::Same(_) => return Ok(Some(Change::Before)),
        Known::Other => return Ok(Some(Change::KeyReused)),
    }
    let Some(person) = find_in(tx, request.organization_id, id).await? else {
        return Ok(Some(Change::NotFound));
    };
    if person.role != role {
        return Ok(None);
    }
    insert_in(tx, request, id, invitation).await?;
    idempotency::keep_in(tx, request, None).await?;
    let when = (request.organization_id, request.at);
    append(tx, when, &request.actor, Verb::PersonInvited, &person.name, None).await?;
    Ok(Some(Change::Now(Vec::new())))
}

/// Keeps a link in the place of an older one, as part of the transaction that invites.
pub(super) async fn insert_in(
    tx: &mut AnyConnection,
    request: &Request,
    person_id: PersonId,
    invitation: &Invitation,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO invitation (organization_id, hash, person_id, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (person_id) DO UPDATE SET \
         hash = excluded.hash, created_at = excluded.created_at, expires_at = excluded.expires_at",
    )
    .bind(request.organization_id.to_string())
    .bind(invitation.hash.as_str())
    .bind(person_id.to_string())
    .bind(request.at.as_millis())
    .bind(invitation.expires_at.as_millis())
    .execute(tx)
    .await?;
    Ok(())
}

/// Who is invited by the link of this hash, as long as it can be used at `now`.
pub async fn find_invitation(store: &Store, hash: &str, now: Timestamp) -> Result<Option<Person>> {
    let row = sqlx::query(
        "SELECT person.* FROM invitation JOIN person ON person.id = invitation.person_id \
         WHERE invitation.hash = $1 AND invitation.expires_at > $2",
    )
    .bind(hash)
    .bind(now.as_millis())
    .fetch_optional(store.readers())
    .await?;
    row.as_ref().map(read).transpose()
}

/// What came of following an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invited {
    /// The password is chosen, and the session has begun. The hashes of the cookies whose sessions have ended with it.
    In(Vec<String>),
    /// The password is chosen, and no session has begun: the person has a second factor. The same hashes.
    Chosen(Vec<String>),
    /// The link cannot be used. Nothing was changed.
    Invalid,
}

/// Uses a link up: its person has this password from now on, and is signed in, unless a second factor is asked for.
pub async fn accept(store: &Store, hash: &str, password_hash: &str, session: &Beginning) -> Result<Invited> {
    store
        .write(
            &(hash, password_hash, session),
            |tx, (hash, password_hash, session)| Box::pin(accept_in(tx, hash, password_hash, session)),
        )
        .await
}

async fn accept_in(
    tx: &mut AnyConnection,
    hash: &str,
    password_hash: &str,
    session: &Beginning,
) -> Result<Invited> {
    let row = sqlx::query(
        "SELECT person.* FROM invitation JOIN person ON person.id = invitation.person_id \
         WHERE invitation.hash = $1 AND invitation.expires_at > $2",
    )
    .bind(hash.to_owned())
    .bind(session.at.as_millis())
    .fetch_optional(&mut *tx)
    .await?;
    let Some(row) = row else {
        return Ok(Invited::Invalid);
    };
    let person = read(&row)?;
    let ended = choose_password::set_in(tx, &person, password_hash, session.at).await?;
    if person.second_factor_at.is_some() {
        return Ok(Invited::Chosen(ended));
    }
    let whose = Whose::Person(person.id);
    session::insert_in(tx, person.organization_id, person.name.as_str(), &whose, session).await?;
    let when = (person.organization_id, session.at);
    let actor = Actor::Person(person.name.to_string());
    append(tx, when, &actor, Verb::SignedIn, &person.name, None).await?;
    Ok(Invited::In(ended))
}
