//! Devices that are to be diagnosed anew although nothing new was seen of them: their enrolment data or a policy changed,
//! or what is kept of them is older than what is kept now.

use sqlx::AnyConnection;
use trust::attention::Attention;
use trust::id::DeviceId;
use trust::time::Timestamp;

use crate::device::index_in;
use crate::finding::{self, KeptFinding, KeptServiceAccount};
use crate::resilience::{self, KeptResilience};
use crate::row::Row;
use crate::{Result, Store, attention, escrow};

/// A device that is to be diagnosed anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The device.
    pub device_id: DeviceId,
    /// Tells this asking from later ones.
    pub times: i64,
}

/// What was diagnosed anew.
#[derive(Debug, Clone)]
pub struct Diagnosed {
    /// What was asked for.
    pub due: Due,
    /// The digest of the observation that it was diagnosed from; `None` when there is none.
    pub digest: Option<String>,
    /// What was diagnosed.
    pub findings: Vec<KeptFinding>,
    /// How the service account stands.
    pub service_account: KeptServiceAccount,
    /// Why the device needs attention.
    pub attention: Attention,
    /// How well the device stands.
    pub resilience: Option<KeptResilience>,
    /// When it was diagnosed.
    pub at: Timestamp,
}

/// Devices that are due, at most so many.
pub async fn list(store: &Store, limit: u32) -> Result<Vec<Due>> {
    let rows = sqlx::query("SELECT device_id, times FROM finding_due ORDER BY device_id LIMIT $1")
        .bind(i64::from(limit))
        .fetch_all(store.readers())
        .await?;
    rows.iter()
        .map(|row| {
            let row = Row::new("finding_due", row);
            Ok(Due {
                device_id: row.id("device_id")?,
                times: row.number("times")?,
            })
        })
        .collect()
}

/// Keeps what was diagnosed anew, and brings the index of words up to date, in one transaction. What is due again by now
/// stays due, and findings of a newer observation stay.
pub async fn keep(store: &Store, diagnosed: &[Diagnosed]) -> Result<()> {
    if diagnosed.is_empty() {
        return Ok(());
    }
    store
        .write(diagnosed, |tx, diagnosed| Box::pin(keep_in(tx, diagnosed)))
        .await
}

async fn keep_in(tx: &mut AnyConnection, diagnosed: &[Diagnosed]) -> Result<()> {
    for one in diagnosed {
        let done = sqlx::query("DELETE FROM finding_due WHERE device_id = $1 AND times = $2")
            .bind(one.due.device_id.to_string())
            .bind(one.due.times)
            .execute(&mut *tx)
            .await?;
        if done.rows_affected() == 0 {
            continue;
        }
        index_in(tx, one.due.device_id).await?;
        escrow::judged_in(tx, one.due.device_id, one.at).await?;
        let Some(digest) = &one.digest else { continue };
        let row = sqlx::query("SELECT organization_id FROM device WHERE id = $1 AND observation_digest = $2")
            .bind(one.due.device_id.to_string())
            .bind(digest.as_str())
            .fetch_optional(&mut *tx)
            .await?;
        if let Some(row) = row {
            let organization_id = Row::new("device", &row).id("organization_id")?;
            let device_id = one.due.device_id;
            finding::replace_in(
                tx,
                organization_id,
                device_id,
                &one.findings,
                &one.service_account,
            )
            .await?;
            attention::replace_in(tx, device_id, &one.attention, one.at).await?;
            if let Some(kept) = &one.resilience {
                resilience::replace_in(tx, organization_id, device_id, kept).await?;
            }
        }
    }
    Ok(())
}

/// Asks for a device to be diagnosed anew.
pub(crate) async fn ask_in(tx: &mut AnyConnection, device_id: DeviceId) -> Result<()> {
    sqlx::query(
        "INSERT INTO finding_due (organization_id, device_id, times) \
         SELECT organization_id, id, 1 FROM device WHERE id = $1 \
         ON CONFLICT (device_id) DO UPDATE SET times = finding_due.times + 1",
    )
    .bind(device_id.to_string())
    .execute(tx)
    .await?;
    Ok(())
}
