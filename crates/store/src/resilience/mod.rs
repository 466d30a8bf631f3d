//! How well devices stand, and how many stand how: what the fleet's score reads.

mod day;
mod fleet;
mod kept;
mod listed;

pub use day::{Day, days, note_day};
pub use fleet::{Counts, counts};
pub use kept::kept;
pub(crate) use kept::kept_in;
pub use listed::Standing;

use sqlx::AnyConnection;
use trust::id::{DeviceId, OrganizationId};
use trust::resilience::{Warning, band_of};

use crate::Result;
use crate::row::{Row, to_json};

/// What is kept of how well a device stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeptResilience {
    /// From 0 to 100.
    pub score: u8,
    /// What hangs by a thread.
    pub warnings: Vec<Warning>,
}

impl KeptResilience {
    /// What it is counted under.
    fn counted(&self) -> Vec<String> {
        let warnings = self.warnings.iter();
        let mut counted: Vec<String> = warnings.copied().map(listed::under_warning).collect();
        counted.push(format!("score:{}", self.score));
        counted
    }

    /// What it is listed under.
    fn listed_under(&self) -> Vec<String> {
        let warnings = self.warnings.iter().copied().map(listed::under_warning);
        warnings
            .chain([listed::under_band(band_of(self.score))])
            .collect()
    }
}

/// Keeps how well a device stands, and counts it in the place of what was kept before, as part of a transaction.
pub(crate) async fn replace_in(
    tx: &mut AnyConnection,
    organization_id: OrganizationId,
    device_id: DeviceId,
    new: &KeptResilience,
) -> Result<()> {
    let before = find_in(tx, device_id).await?;
    if before.as_ref() == Some(new) {
        return Ok(());
    }
    let words: Vec<&str> = new.warnings.iter().map(|warning| warning.word()).collect();
    sqlx::query(
        "INSERT INTO resilience (organization_id, device_id, score, warnings) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (device_id) DO UPDATE SET score = excluded.score, warnings = excluded.warnings",
    )
    .bind(organization_id.to_string())
    .bind(device_id.to_string())
    .bind(i64::from(new.score))
    .bind(to_json("warnings", &words)?)
    .execute(&mut *tx)
    .await?;
    listed::list_in(tx, organization_id, device_id, new).await?;
    count_in(tx, organization_id, before.as_ref(), Some(new)).await
}

/// Counts a device no more that gives way to another, as part of a transaction.
pub(crate) async fn forget_in(
    tx: &mut AnyConnection,
    organization_id: OrganizationId,
    device_id: DeviceId,
) -> Result<()> {
    let before = find_in(tx, device_id).await?;
    listed::unlist_in(tx, device_id).await?;
    sqlx::query("DELETE FROM resilience WHERE device_id = $1")
        .bind(device_id.to_string())
        .execute(&mut *tx)
        .await?;
    count_in(tx, organization_id, before.as_ref(), None).await
}

async fn find_in(tx: &mut AnyConnection, device_id: DeviceId) -> Result<Option<KeptResilience>> {
    let row = sqlx::query("SELECT score, warnings FROM resilience WHERE device_id = $1")
        .bind(device_id.to_string())
        .fetch_optional(tx)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let row = Row::new("resilience", &row);
    let words: Vec<String> = row.json("warnings")?;
    let warnings = words.iter().map(|word| Warning::from_word(word));
    let warnings: Option<Vec<Warning>> = warnings.collect();
    Ok(Some(KeptResilience {
        score: u8::try_from(row.number("score")?).map_err(|_| row.inconsistent("score"))?,
        warnings: warnings.ok_or_else(|| row.inconsistent("warnings"))?,
    }))
}

/// Counts `after` in the place of `before`. In order, so that no two that count wait for each other.
async fn count_in(
    tx: &mut AnyConnection,
    organization_id: OrganizationId,
    before: Option<&KeptResilience>,
    after: Option<&KeptResilience>,
) -> Result<()> {
    let (before, after) = (
        before.map(KeptResilience::counted).unwrap_or_default(),
        after.map(KeptResilience::counted).unwrap_or_default(),
    );
    let less = before
        .iter()
        .filter(|what| !after.contains(what))
        .map(|what| (what, -1));
    let more = after
        .iter()
        .filter(|what| !before.contains(what))
        .map(|what| (what, 1));
    let mut changes: Vec<(&String, i64)> = less.chain(more).collect();
    changes.sort_unstable();
    for (what, change) in changes {
        sqlx::query(
            "INSERT INTO resilience_count (organization_id, what, devices) VALUES ($1, $2, $3) \
             ON CONFLICT (organization_id, what) DO UPDATE SET devices = resilience_count.devices + excluded.devices",
        )
        .bind(organization_id.to_string())
        .bind(what.as_str())
        .bind(change)
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}
