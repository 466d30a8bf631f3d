//! People signed in to the console. Only the hashes of their cookies are here.

mod end;
mod list;

pub(crate) use end::end_of_person_in;
pub use end::{Ended, end, forget_ended, revoke};
pub use list::{Listed, list, list_of_person};

use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use trust::access::{Role, SessionEnd};
use trust::id::{OrganizationId, PersonId, SessionId};
use trust::policy::OnOffPolicy;
use trust::time::Timestamp;

use crate::actor::Actor;
use crate::row::Row;
use crate::{Result, Store};

/// Who is signed in by a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// A person, whose role holds.
    Person(PersonId),
    /// Somebody to whom the server's operator gave a link, with this role.
    Link(Role),
}

/// What a session begins with, beside whose it is.
#[derive(Debug, Clone)]
pub struct Beginning {
    /// Its id.
    pub id: SessionId,
    /// SHA-256 of the cookie.
    pub hash: String,
    /// From which address, where that is known.
    pub address: Option<String>,
    /// When it begins.
    pub at: Timestamp,
    /// When it ends.
    pub end: SessionEnd,
}

/// Adds a session, as part of the transaction that signs in.
pub(crate) async fn insert_in(
    tx: &mut AnyConnection,
    organization_id: OrganizationId,
    person: &str,
    whose: &Whose,
    beginning: &Beginning,
) -> Result<()> {
    let (person_id, role) = match whose {
        Whose::Person(id) => (Some(id.to_string()), None),
        Whose::Link(role) => (None, Some(role.word())),
    };
    sqlx::query(
        "INSERT INTO session (organization_id, hash, id, person, person_id, role, address, created_at, expires_at, \
         latest_end) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(organization_id.to_string())
    .bind(beginning.hash.as_str())
    .bind(beginning.id.to_string())
    .bind(person.to_owned())
    .bind(person_id)
    .bind(role)
    .bind(beginning.address.clone())
    .bind(beginning.at.as_millis())
    .bind(beginning.end.unused.as_millis())
    .bind(beginning.end.latest.as_millis())
    .execute(tx)
    .await?;
    Ok(())
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// In whose console.
    pub organization_id: OrganizationId,
    /// The person, as the audit log names it.
    pub actor: Actor,
    /// That person; `None` when a link of the server's operator led here.
    pub person_id: Option<PersonId>,
    /// What he is now.
    pub role: Role,
    /// The session.
    pub session_id: SessionId,
    /// When it ends.
    pub end: SessionEnd,
    /// Whether the person signs in with a second factor.
    pub has_second_factor: bool,
    /// Whether the organisation asks that of people with some roles.
    pub is_second_factor_asked: bool,
}

/// Who is signed in with the cookie of this hash, at `now`.
pub async fn find(store: &Store, hash: &str, now: Timestamp) -> Result<Option<SignedIn>> {
    let row = sqlx::query(
        "SELECT session.organization_id, session.id, session.person, session.person_id, \
         session.expires_at, session.latest_end, person.second_factor_at, on_off_policy.enabled, \
         CASE WHEN session.person_id IS NULL THEN session.role ELSE person.role END AS role \
         FROM session LEFT JOIN person ON person.id = session.person_id \
         LEFT JOIN on_off_policy ON on_off_policy.organization_id = session.organization_id \
         AND on_off_policy.policy = $3 \
         WHERE session.hash = $1 AND session.expires_at > $2",
    )
    .bind(hash)
    .bind(now.as_millis())
    .bind(OnOffPolicy::SecondFactorForReveals.word())
    .fetch_optional(store.readers())
    .await?;
    row.as_ref().map(read).transpose()
}

/// Moves the end of a session on, up to which nobody has to use it.
pub async fn move_end(store: &Store, id: SessionId, unused: Timestamp) -> Result<()> {
    store
        .write(&(id, unused), |tx, (id, unused)| {
            Box::pin(move_end_in(tx, *id, *unused))
        })
        .await
}

async fn move_end_in(tx: &mut AnyConnection, id: SessionId, unused: Timestamp) -> Result<()> {
    sqlx::query("UPDATE session SET expires_at = $1 WHERE id = $2 AND expires_at < $1 AND latest_end >= $1")
        .bind(unused.as_millis())
        .bind(id.to_string())
        .execute(tx)
        .await?;
    Ok(())
}

fn read(row: &AnyRow) -> Result<SignedIn> {
    let row = Row::new("session", row);
    Ok(SignedIn {
        organization_id: row.id("organization_id")?,
        actor: Actor::Person(row.text("person")?),
        person_id: row.optional_id("person_id")?,
        role: row.word("role", Role::from_word)?,
        session_id: row.id("id")?,
        end: SessionEnd {
            unused: row.time("expires_at")?,
            latest: row.time("latest_end")?,
        },
        has_second_factor: row.optional_time("second_factor_at")?.is_some(),
        is_second_factor_asked: row.optional_flag("enabled")? == Some(true),
    })
}
