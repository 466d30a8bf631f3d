//! The attributes that an organisation has beside the built-in ones, and whether each is secret.

use std::collections::BTreeMap;

use sqlx::AnyConnection;
use trust::enrolment::AttributeName;
use trust::id::OrganizationId;
use trust::time::Timestamp;
use trust::wildcard::AttributeKind;

use crate::row::Row;
use crate::{Result, Store};

/// The organisation's attributes, by name.
pub type Attributes = BTreeMap<AttributeName, AttributeKind>;

/// The attributes of the organisation.
pub async fn list(store: &Store, organization_id: OrganizationId) -> Result<Attributes> {
    let mut reader = store.readers().acquire().await?;
    list_in(&mut reader, organization_id).await
}

pub(crate) async fn list_in(
    connection: &mut AnyConnection,
    organization_id: OrganizationId,
) -> Result<Attributes> {
    let rows = sqlx::query("SELECT name, kind FROM enrolment_attribute WHERE organization_id = $1")
        .bind(organization_id.to_string())
        .fetch_all(connection)
        .await?;
    rows.iter()
        .map(|row| {
            let row = Row::new("enrolment_attribute", row);
            Ok((
                row.word("name", |name| name.parse().ok())?,
                row.word("kind", kind)?,
            ))
        })
        .collect()
}

/// Makes an attribute known. One that is known stays what it is.
pub(crate) async fn declare_in(
    tx: &mut AnyConnection,
    organization_id: OrganizationId,
    name: &AttributeName,
    kind: AttributeKind,
    at: Timestamp,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO enrolment_attribute (organization_id, name, kind, created_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (organization_id, name) DO NOTHING",
    )
    .bind(organization_id.to_string())
    .bind(name.as_str())
    .bind(word(kind))
    .bind(at.as_millis())
    .execute(tx)
    .await?;
    Ok(())
}

fn word(kind: AttributeKind) -> &'static str {
    match kind {
        AttributeKind::Plain => "plain",
        AttributeKind::Secret => "secret",
    }
}

fn kind(text: &str) -> Option<AttributeKind> {
    [AttributeKind::Plain, AttributeKind::Secret]
        .into_iter()
        .find(|kind| word(*kind) == text)
}
