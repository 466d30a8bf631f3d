//! Who is signed in.

use sqlx::any::AnyRow;
use trust::id::{OrganizationId, PersonId, SessionId};
use trust::time::Timestamp;

use crate::row::Row;
use crate::{Result, Store};

/// The most sessions that are listed. Each ends within hours, so there are seldom more than there are people.
const MOST: i64 = 1000;

/// A session, as people see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: SessionId,
    /// Who is signed in.
    pub person: String,
    /// That person; `None` when a link of the server's operator led here.
    pub person_id: Option<PersonId>,
    /// From which address it was begun.
    pub address: Option<String>,
    /// When it began.
    pub created_at: Timestamp,
    /// When it ends unless it is used before.
    pub expires_at: Timestamp,
}

/// The sessions of an organisation at `now`, newest first.
pub async fn list(store: &Store, organization_id: OrganizationId, now: Timestamp) -> Result<Vec<Listed>> {
    let rows = sqlx::query(
        "SELECT id, person, person_id, address, created_at, expires_at FROM session \
         WHERE organization_id = $1 AND expires_at > $2 ORDER BY created_at DESC, id DESC LIMIT $3",
    )
    .bind(organization_id.to_string())
    .bind(now.as_millis())
    .bind(MOST)
    .fetch_all(store.readers())
    .await?;
    rows.iter().map(read).collect()
}

/// The sessions of a person at `now`, newest first.
pub async fn list_of_person(store: &Store, person_id: PersonId, now: Timestamp) -> Result<Vec<Listed>> {
    let rows = sqlx::query(
        "SELECT id, person, person_id, address, created_at, expires_at FROM session \
         WHERE person_id = $1 AND expires_at > $2 ORDER BY created_at DESC, id DESC LIMIT $3",
    )
    .bind(person_id.to_string())
    .bind(now.as_millis())
    .bind(MOST)
    .fetch_all(store.readers())
    .await?;
    rows.iter().map(read).collect()
}

fn read(row: &AnyRow) -> Result<Listed> {
    let row = Row::new("session", row);
    Ok(Listed {
        id: row.id("id")?,
        person: row.text("person")?,
        person_id: row.optional_id("person_id")?,
        address: row.optional_text("address")?,
        created_at: row.time("created_at")?,
        expires_at: row.time("expires_at")?,
    })
}
