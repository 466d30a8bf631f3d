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

/// At most `limit` actions that wait for the device and whose time has come and not run out. What is shown for the first
/// time is `offered` afterwards; when nothing is, nothing is written.
pub async fn offers(store: &Store, device_id: DeviceId, now: Timestamp, limit: u32) -> Result<Offers> {
    let mut snapshot = store.readers().begin().await?;
    let (mut offers, queued) = waiting(&mut snapshot, device_id, now, limit).await?;
    snapshot.commit().await?;
    if queued.is_empty() {
        return Ok(Offers {
            offers,
            fresh: Vec::new(),
        });
    }
    let shown = store
        .write(&(&queued, now), |tx, (queued, now)| {
            Box::pin(mark_offered(tx, queued, *now))
        })
        .await?;
    // One that was taken back or has ended since must not be shown: its agent would never take it again.
    offers.retain(|offer| !queued.contains(&offer.envelope.id) || shown.is_shown(offer.envelope.id));
    Ok(Offers {
        offers,
        fresh: shown.fresh,
    })
}

async fn waiting(
    snapshot: &mut AnyConnection,
    device_id: DeviceId,
    now: Timestamp,
    limit: u32,
) -> Result<(Vec<Offer>, Vec<ActionId>)> {
    let rows = sqlx::query(
        "SELECT id, state, envelope FROM action WHERE device_id = $1 AND state IN ('queued', 'offered') \
         AND held = 0 AND not_after > $2 AND (not_before IS NULL OR not_before <= $2) ORDER BY created_at, id LIMIT $3",
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

/// What became of queued actions that were about to be shown.
#[derive(Default)]
struct Shown {
    /// Those that are shown for the first time.
    fresh: Vec<Changed>,
    /// Those that were shown meanwhile.
    before: Vec<ActionId>,
}

impl Shown {
    fn is_shown(&self, id: ActionId) -> bool {
        self.before.contains(&id) || self.fresh.iter().any(|changed| changed.id == id)
    }
}

async fn mark_offered(tx: &mut AnyConnection, queued: &[ActionId], now: Timestamp) -> Result<Shown> {
    let mut shown = Shown::default();
    for id in queued {
        let row = sqlx::query(
            "UPDATE action SET state = 'offered', offered_at = $2 WHERE id = $1 AND state = 'queued' AND held = 0 \
             RETURNING organization_id, device_id, bulk_run_id",
        )
        .bind(id.to_string())
        .bind(now.as_millis())
        .fetch_optional(&mut *tx)
        .await?;
        match row {
            Some(row) => {
                let row = Row::new("action", &row);
                shown.fresh.push(Changed {
                    organization_id: row.id("organization_id")?,
                    device_id: row.id("device_id")?,
                    id: *id,
                    state: ActionState::Offered,
                    bulk_run_id: row.optional_id("bulk_run_id")?,
                });
            }
            None if is_offered(tx, *id).await? => shown.before.push(*id),
            None => {}
        }
    }
    Ok(shown)
}

async fn is_offered(tx: &mut AnyConnection, id: ActionId) -> Result<bool> {
    let row = sqlx::query("SELECT id FROM action WHERE id = $1 AND state = 'offered'")
        .bind(id.to_string())
        .fetch_optional(tx)
        .await?;
    Ok(row.is_some())
}
