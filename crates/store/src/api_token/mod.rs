//! Tokens of programs that use the API. Only their hashes are here.

mod create;
mod forget_ended;
mod list;
mod revoke;

pub use create::{Created, Issued, NewApiToken, create, issue};
pub use forget_ended::forget_ended;
pub use list::{Listed, list};
pub use revoke::{Revoked, revoke};

use trust::access::{Permission, Rights, Role};
use trust::id::OrganizationId;
use trust::time::Timestamp;

use crate::actor::Actor;
use crate::row::Row;
use crate::{Result, Store};

/// Which program it is that shows a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// Whose.
    pub organization_id: OrganizationId,
    /// The program, as the audit log names it.
    pub actor: Actor,
    /// What it may do.
    pub rights: Rights,
}

/// Whose token it is, as long as it is valid at `now`.
pub async fn find(store: &Store, hash: &str, now: Timestamp) -> Result<Option<Program>> {
    let row = sqlx::query(
        "SELECT organization_id, name, role, scopes FROM api_token \
         WHERE hash = $1 AND (expires_at IS NULL OR expires_at > $2)",
    )
    .bind(hash)
    .bind(now.as_millis())
    .fetch_optional(store.readers())
    .await?;
    row.as_ref()
        .map(|row| {
            let row = Row::new("api_token", row);
            let (role, scopes) = read_rights(row)?;
            let rights = role.rights();
            Ok(Program {
                organization_id: row.id("organization_id")?,
                actor: Actor::ApiToken(row.text("name")?),
                rights: scopes.map_or(rights, |scopes| rights.within(scopes)),
            })
        })
        .transpose()
}

/// A token's role, and its scopes where it has some: words with blanks between them.
fn read_rights(row: Row<'_>) -> Result<(Role, Option<Rights>)> {
    let scopes = row.optional_word("scopes", |words| {
        let permissions: Option<Vec<_>> = words.split(' ').map(Permission::from_word).collect();
        permissions.map(|permissions| Rights::of(&permissions))
    })?;
    Ok((row.word("role", Role::from_word)?, scopes))
}
