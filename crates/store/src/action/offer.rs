//! Showing a device's agent what waits for it.

use sqlx::AnyConnection;
use trust::action::ActionState;
use trust::id::{ActionId, DeviceId};
use trust::time::Timestamp;
use wire::agent_api::Offer;
use wire::envelope::Envelope;

use super::Changed;
use crate::row::Row;
use crate::{Result, Store, sealed_secret};

/// What waits for a device.
#[derive(Debug, Clone, Default)]
pub struct Offers {
    /// Everything that waits, oldest first.
    pub offers: Vec<Offer>,
    /// Those of it that are shown for the first time.
    pub fresh: Vec<Changed>,
}

/// At most `limit` actions that wait for the device and whose time has not run out. What is shown for the first time is
/// `offered` afterwards; when nothing is, nothing is written.
pub async fn offers(store: &Store, device_id: DeviceId, now: Timestamp, limit: u32) -> Result<Offers> {
    let mut snapshot = store.readers().begin().await?;
    let (offers, queued) = waiting(&mut snapshot, device_id, now, limit).await?;
    snapshot.commit().await?;
    let fresh = if queued.is_empty() {
        Vec::new()
    } else {
        store
            .write(&(queued, now), |tx, (queued, now)| {
                Box::pin(mark_offered(tx, queued, *now))
            })
            .await?
    };
    Ok(Offers { offers, fresh })
}

async fn waiting(
    snapshot: &mut AnyConnection,
    device_id: DeviceId,
    now: Timestamp,
    limit: u32,
) -> Result<(Vec<Offer>, Vec<ActionId>)> {
    let rows = sqlx::query(
        "SELECT id, state, envelope FROM action WHERE device_id = $1 AND state IN ('queued', 'offered') \
         AND not_after > $2 ORDER BY created_at, id LIMIT $3",
    )
    .bind(device_id.to_string())
    .bind(now.as_millis())
    .bind(i64::from(limit))
    .fetch_all(&mut *snapshot)
    .await?;
    let (mut offers, mut queued) = (Vec::new(), Vec::new());
    for row in &rows {
        let row = Row::new("action", row);
        let envelope: Envelope = row.json("envelope")?;
        if row.word("state", ActionState::from_word)? == ActionState::Queued {
            queued.push(envelope.id);
        }
        let secrets = sealed_secret::find_in(snapshot, envelope.id).await?;
        offers.push(Offer { envelope, secrets });
    }
    Ok((offers, queued))
}

async fn mark_offered(tx: &mut AnyConnection, queued: &[ActionId], now: Timestamp) -> Result<Vec<Changed>> {
    let mut fresh = Vec::new();
    for id in queued {
        let row = sqlx::query(
            "UPDATE action SET state = 'offered', offered_at = $2 WHERE id = $1 AND state = 'queued' \
             RETURNING organization_id, device_id",
        )
        .bind(id.to_string())
        .bind(now.as_millis())
        .fetch_optional(&mut *tx)
        .await?;
        if let Some(row) = row {
            let row = Row::new("action", &row);
            fresh.push(Changed {
                organization_id: row.id("organization_id")?,
                device_id: row.id("device_id")?,
                id: *id,
                state: ActionState::Offered,
            });
        }
    }
    Ok(fresh)
}
