//! People who can sign in: what they are called, what they are, and the hash of the password that each has chosen.

mod add;
mod change_password;
mod choose_password;
mod invitation;
mod remove;
mod set_role;
mod set_up;
mod sign_in;

pub use add::{NewPerson, add};
pub use change_password::change_password;
pub use invitation::{Invitation, Invited, accept, find_invitation, invite};
pub use remove::remove;
pub use set_role::set_role;
pub use set_up::set_up;
pub use sign_in::{refused, sign_in};

use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use trust::access::{PersonName, Role};
use trust::id::{OrganizationId, PersonId};
use trust::time::Timestamp;

use crate::actor::Actor;
use crate::audit::{self, NewEntry, Verb};
use crate::row::Row;
use crate::{Result, Store};

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The id.
    pub id: PersonId,
    /// Whose console it is.
    pub organization_id: OrganizationId,
    /// The name to sign in by.
    pub name: PersonName,
    /// What the person is.
    pub role: Role,
    /// Whether a password was chosen. Who has none cannot sign in.
    pub has_password: bool,
    /// Since when a second factor is asked for.
    pub second_factor_at: Option<Timestamp>,
    /// When the person was added.
    pub created_at: Timestamp,
}

/// What came of a change to who may sign in. A request that is repeated changes nothing more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It is done, by this request. The hashes of the cookies whose sessions have ended with it.
    Now(Vec<String>),
    /// It was done by an earlier request of the key.
    Before,
    /// There is no such person.
    NotFound,
    /// Somebody else has the name.
    NameTaken,
    /// Nobody would be left who is an owner.
    LastOwner,
    /// The idempotency key belongs to another request.
    KeyReused,
}

/// At most `limit` people of an organisation, by name, from behind the name `after`.
pub async fn list(
    store: &Store,
    organization_id: OrganizationId,
    after: Option<&str>,
    limit: u32,
) -> Result<Vec<Person>> {
    let rows =
        sqlx::query("SELECT * FROM person WHERE organization_id = $1 AND name > $2 ORDER BY name LIMIT $3")
            .bind(organization_id.to_string())
            .bind(after.unwrap_or_default())
            .bind(i64::from(limit))
            .fetch_all(store.readers())
            .await?;
    rows.iter().map(read).collect()
}

/// A person of the organisation, by id.
pub async fn find(store: &Store, organization_id: OrganizationId, id: PersonId) -> Result<Option<Person>> {
    let row = sqlx::query("SELECT * FROM person WHERE organization_id = $1 AND id = $2")
        .bind(organization_id.to_string())
        .bind(id.to_string())
        .fetch_optional(store.readers())
        .await?;
    row.as_ref().map(read).transpose()
}

/// Who signs in by this name, and the hash of the password.
pub async fn find_by_name(
    store: &Store,
    organization_id: OrganizationId,
    name: &PersonName,
) -> Result<Option<(Person, Option<String>)>> {
    let row = sqlx::query("SELECT * FROM person WHERE organization_id = $1 AND name = $2")
        .bind(organization_id.to_string())
        .bind(name.as_str())
        .fetch_optional(store.readers())
        .await?;
    row.as_ref()
        .map(|row| {
            Ok((
                read(row)?,
                Row::new("person", row).optional_text("password_hash")?,
            ))
        })
        .transpose()
}

/// Whether somebody in the organisation can sign in with a password.
pub async fn is_anybody_set_up(store: &Store, organization_id: OrganizationId) -> Result<bool> {
    let row = sqlx::query(
        "SELECT 1 AS one FROM person WHERE organization_id = $1 AND password_hash IS NOT NULL LIMIT 1",
    )
    .bind(organization_id.to_string())
    .fetch_optional(store.readers())
    .await?;
    Ok(row.is_some())
}

/// Whether this person is an owner who can sign in, and nobody else is one, as a transaction sees it.
async fn is_last_owner_in(
    connection: &mut AnyConnection,
    organization_id: OrganizationId,
    id: PersonId,
) -> Result<bool> {
    let rows = sqlx::query(
        "SELECT id FROM person WHERE organization_id = $1 AND role = $2 AND password_hash IS NOT NULL LIMIT 2",
    )
    .bind(organization_id.to_string())
    .bind(Role::Owner.word())
    .fetch_all(connection)
    .await?;
    let [only] = rows.as_slice() else {
        return Ok(false);
    };
    Ok(Row::new("person", only).id::<trust::id::PersonKind>("id")? == id)
}

/// A person's row, as a transaction sees it.
pub(crate) async fn find_in(
    tx: &mut AnyConnection,
    organization_id: OrganizationId,
    id: PersonId,
) -> Result<Option<Person>> {
    let row = sqlx::query("SELECT * FROM person WHERE organization_id = $1 AND id = $2")
        .bind(organization_id.to_string())
        .bind(id.to_string())
        .fetch_optional(tx)
        .await?;
    row.as_ref().map(read).transpose()
}

/// Whether somebody has the name, as a transaction sees it.
async fn is_taken_in(
    tx: &mut AnyConnection,
    organization_id: OrganizationId,
    name: &PersonName,
) -> Result<bool> {
    let row = sqlx::query("SELECT 1 AS one FROM person WHERE organization_id = $1 AND name = $2")
        .bind(organization_id.to_string())
        .bind(name.as_str())
        .fetch_optional(tx)
        .await?;
    Ok(row.is_some())
}

pub(crate) fn read(row: &AnyRow) -> Result<Person> {
    let row = Row::new("person", row);
    Ok(Person {
        id: row.id("id")?,
        organization_id: row.id("organization_id")?,
        name: row.word("name", |text| text.parse().ok())?,
        role: row.word("role", Role::from_word)?,
        has_password: row.optional_text("password_hash")?.is_some(),
        second_factor_at: row.optional_time("second_factor_at")?,
        created_at: row.time("created_at")?,
    })
}

/// Tells the audit log what was done to a person.
pub(crate) async fn append(
    tx: &mut AnyConnection,
    (organization_id, at): (OrganizationId, Timestamp),
    actor: &Actor,
    verb: Verb,
    name: &PersonName,
    detail: Option<String>,
) -> Result<()> {
    let entry = NewEntry {
        organization_id,
        at,
        actor,
        verb,
        device_id: None,
        subject: Some(name.to_string()),
        reason: None,
        detail,
    };
    audit::append(tx, entry).await
}
