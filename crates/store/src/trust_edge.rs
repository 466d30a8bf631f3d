//! The chain of trust as it was handed on: one edge per action that did so, kept for ever.

use sqlx::AnyConnection;
use trust::id::{ActionId, DeviceId, OrganizationId};
use trust::outcome::{GrantMethod, TrustEdge};
use trust::service_account::Deed;
use wire::envelope::Envelope;

use crate::row::Row;
use crate::{Result, Store};

/// An edge with the action that made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedEdge {
    /// The action; `None` when the agent did it by itself.
    pub action_id: Option<ActionId>,
    /// The edge.
    pub edge: TrustEdge,
}

/// The edges of a device and of those whose place it took, oldest first.
pub async fn list(
    store: &Store,
    organization_id: OrganizationId,
    device_id: DeviceId,
) -> Result<Vec<RecordedEdge>> {
    let rows = sqlx::query(
        "SELECT action_id, granter_guid, granter, target_guid, target, method, at FROM trust_edge \
         WHERE organization_id = $1 \
         AND device_id IN (SELECT id FROM device WHERE id = $2 UNION ALL SELECT id FROM device WHERE replaced_by = $2) \
         ORDER BY at, action_id",
    )
    .bind(organization_id.to_string())
    .bind(device_id.to_string())
    .fetch_all(store.readers())
    .await?;
    let mut edges = by_deeds(store, organization_id, device_id).await?;
    for row in &rows {
        let row = Row::new("trust_edge", row);
        let edge = TrustEdge {
            granter_guid: row.text("granter_guid")?,
            granter: row.text("granter")?,
            target_guid: row.text("target_guid")?,
            target: row.text("target")?,
            method: row.word("method", GrantMethod::from_word)?,
            at: row.time("at")?,
        };
        edges.push(RecordedEdge {
            action_id: Some(row.id("action_id")?),
            edge,
        });
    }
    edges.sort_by_key(|recorded| (recorded.edge.at, recorded.action_id));
    Ok(edges)
}

/// What agents handed on by themselves.
async fn by_deeds(
    store: &Store,
    organization_id: OrganizationId,
    device_id: DeviceId,
) -> Result<Vec<RecordedEdge>> {
    let rows = sqlx::query(
        "SELECT json FROM deed WHERE organization_id = $1 AND has_edge = 1 \
         AND device_id IN (SELECT id FROM device WHERE id = $2 UNION ALL SELECT id FROM device WHERE replaced_by = $2) \
         ORDER BY at",
    )
    .bind(organization_id.to_string())
    .bind(device_id.to_string())
    .fetch_all(store.readers())
    .await?;
    let mut edges = Vec::new();
    for row in &rows {
        let deed: Deed = Row::new("deed", row).json("json")?;
        edges.extend(deed.edge.map(|edge| RecordedEdge {
            action_id: None,
            edge,
        }));
    }
    Ok(edges)
}

/// Adds the edge of an action, as part of the transaction that ends it. The table's key admits one per action.
pub(crate) async fn insert_in(tx: &mut AnyConnection, envelope: &Envelope, edge: &TrustEdge) -> Result<()> {
    sqlx::query(
        "INSERT INTO trust_edge (organization_id, action_id, device_id, granter_guid, granter, target_guid, target, \
         method, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(envelope.organization_id.to_string())
    .bind(envelope.id.to_string())
    .bind(envelope.device_id.to_string())
    .bind(edge.granter_guid.as_str())
    .bind(edge.granter.as_str())
    .bind(edge.target_guid.as_str())
    .bind(edge.target.as_str())
    .bind(edge.method.word())
    .bind(edge.at.as_millis())
    .execute(tx)
    .await?;
    Ok(())
}
