//! The tokens there are.

use trust::access::{Rights, Role};
use trust::id::OrganizationId;
use trust::time::Timestamp;

use super::read_rights;
use crate::row::Row;
use crate::{Result, Store};

/// A token, as people see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// What it brings.
    pub role: Role,
    /// Which permissions of the role it brings; all of them where there are none.
    pub scopes: Option<Rights>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it is valid; for good where there is none.
    pub expires_at: Option<Timestamp>,
}

/// At most `limit` tokens of an organisation, by name, from behind the name `after`. Those whose time has just run out may be
/// among them.
pub async fn list(
    store: &Store,
    organization_id: OrganizationId,
    after: Option<&str>,
    limit: u32,
) -> Result<Vec<Listed>> {
    let rows = sqlx::query(
        "SELECT name, role, scopes, created_at, expires_at FROM api_token \
         WHERE organization_id = $1 AND name > $2 ORDER BY name LIMIT $3",
    )
    .bind(organization_id.to_string())
    .bind(after.unwrap_or_default())
    .bind(i64::from(limit))
    .fetch_all(store.readers())
    .await?;
    let read = |row| {
        let row = Row::new("api_token", row);
        let (role, scopes) = read_rights(row)?;
        Ok(Listed {
            name: row.text("name")?,
            role,
            scopes,
            created_at: row.time("created_at")?,
            expires_at: row.optional_time("expires_at")?,
        })
    };
    rows.iter().map(read).collect()
}
