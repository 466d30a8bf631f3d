//! Where a fleet stood day by day.

use trust::id::OrganizationId;

use super::counts;
use crate::row::Row;
use crate::{Result, Store};

/// Days are kept for so long: a year and a month of it, to compare with.
const DAYS_KEPT: i64 = 400;

/// Where a fleet stood at the end of a day, or stands today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// Days since 1970, by UTC.
    pub day: i64,
    /// Devices that had told.
    pub devices: u64,
    /// The sum of their scores.
    pub score_sum: u64,
}

/// Notes for every organisation where it stands on `day`, in the place of what was noted for that day before.
pub async fn note_day(store: &Store, day: i64) -> Result<()> {
    let rows = sqlx::query("SELECT id FROM organization ORDER BY id")
        .fetch_all(store.readers())
        .await?;
    for row in &rows {
        let id: OrganizationId = Row::new("organization", row).id("id")?;
        let scores = counts(store, id).await?.scores;
        let devices: u64 = scores.iter().map(|(_, devices)| devices).sum();
        if devices == 0 {
            continue;
        }
        let score_sum: u64 = scores
            .iter()
            .map(|(score, devices)| u64::from(*score) * devices)
            .sum();
        let noted = Day {
            day,
            devices,
            score_sum,
        };
        store
            .write(&(id, noted), |tx, (id, noted)| Box::pin(note_in(tx, *id, *noted)))
            .await?;
    }
    Ok(())
}

async fn note_in(tx: &mut sqlx::AnyConnection, organization_id: OrganizationId, noted: Day) -> Result<()> {
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    sqlx::query(
        "INSERT INTO resilience_day (organization_id, day, devices, score_sum) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (organization_id, day) DO UPDATE SET devices = excluded.devices, score_sum = excluded.score_sum",
    )
    .bind(organization_id.to_string())
    .bind(noted.day)
    .bind(number(noted.devices))
    .bind(number(noted.score_sum))
    .execute(&mut *tx)
    .await?;
    sqlx::query("DELETE FROM resilience_day WHERE organization_id = $1 AND day < $2")
        .bind(organization_id.to_string())
        .bind(noted.day - DAYS_KEPT)
        .execute(tx)
        .await?;
    Ok(())
}

/// The days from `first` on that something was noted for, in order.
pub async fn days(store: &Store, organization_id: OrganizationId, first: i64) -> Result<Vec<Day>> {
    let rows = sqlx::query(
        "SELECT day, devices, score_sum FROM resilience_day WHERE organization_id = $1 AND day >= $2 ORDER BY day",
    )
    .bind(organization_id.to_string())
    .bind(first)
    .fetch_all(store.readers())
    .await?;
    rows.iter()
        .map(|row| {
            let row = Row::new("resilience_day", row);
            Ok(Day {
                day: row.number("day")?,
                devices: row.count("devices")?,
                score_sum: row.count("score_sum")?,
            })
        })
        .collect()
}
