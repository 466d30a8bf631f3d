//! Links that sign a person in to the console, once. Only their hashes are here.

use sqlx::AnyConnection;
use trust::access::Role;
use trust::id::OrganizationId;
use trust::time::Timestamp;

use crate::actor::Actor;
use crate::audit::{self, NewEntry, Verb};
use crate::row::Row;
use crate::session::{self, Beginning, Whose};
use crate::{Result, Store};

/// A link to be kept.
#[derive(Debug, Clone)]
pub struct NewSignInLink {
    /// Into whose console.
    pub organization_id: OrganizationId,
    /// SHA-256 of what the link holds.
    pub hash: String,
    /// Who will be signed in, by a name that stands in the audit log.
    pub person: String,
    /// When it was made.
    pub at: Timestamp,
    /// Until when it can be used.
    pub expires_at: Timestamp,
    /// Who made it.
    pub actor: Actor,
}

/// Keeps a link.
pub async fn create(store: &Store, new: &NewSignInLink) -> Result<()> {
    store.write(new, |tx, new| Box::pin(create_in(tx, new))).await
}

async fn create_in(tx: &mut AnyConnection, new: &NewSignInLink) -> Result<()> {
    sqlx::query(
        "INSERT INTO sign_in_link (organization_id, hash, person, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(new.organization_id.to_string())
    .bind(new.hash.as_str())
    .bind(new.person.as_str())
    .bind(new.at.as_millis())
    .bind(new.expires_at.as_millis())
    .execute(&mut *tx)
    .await?;
    let verb = Verb::SignInLinkCreated;
    append(tx, new.organization_id, new.at, &new.actor, verb, &new.person).await
}

/// Uses the link of this hash up and begins a session, with the rights of whoever runs the server; false, and nothing is
/// changed, when it cannot be used.
pub async fn follow(store: &Store, link_hash: &str, session: &Beginning) -> Result<bool> {
    store
        .write(&(link_hash, session), |tx, (link_hash, session)| {
            Box::pin(follow_in(tx, link_hash, session))
        })
        .await
}

async fn follow_in(tx: &mut AnyConnection, link_hash: &str, session: &Beginning) -> Result<bool> {
    let row = sqlx::query(
        "UPDATE sign_in_link SET used_at = $2 WHERE hash = $1 AND used_at IS NULL AND expires_at > $2 \
         RETURNING organization_id, person",
    )
    .bind(link_hash.to_owned())
    .bind(session.at.as_millis())
    .fetch_optional(&mut *tx)
    .await?;
    let Some(row) = row else {
        return Ok(false);
    };
    let row = Row::new("sign_in_link", &row);
    let (organization_id, person) = (row.id("organization_id")?, row.text("person")?);
    let whose = Whose::Link(Role::Owner);
    session::insert_in(tx, organization_id, &person, &whose, session).await?;
    let actor = Actor::Person(person.clone());
    append(tx, organization_id, session.at, &actor, Verb::SignedIn, &person).await?;
    Ok(true)
}

async fn append(
    tx: &mut AnyConnection,
    organization_id: OrganizationId,
    at: Timestamp,
    actor: &Actor,
    verb: Verb,
    person: &str,
) -> Result<()> {
    let entry = NewEntry {
        organization_id,
        at,
        actor,
        verb,
        device_id: None,
        subject: Some(person.to_owned()),
        reason: None,
        detail: None,
    };
    audit::append(tx, entry).await
}
