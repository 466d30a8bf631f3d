//! How many devices need attention, and what for.

use sqlx::any::AnyRow;
use trust::attention::Turn;
use trust::code::Code;
use trust::finding::RemedyKind;
use trust::id::OrganizationId;
use trust::time::Timestamp;

use crate::row::Row;
use crate::{Result, Store};

/// How many devices need attention, by what the list can be narrowed down to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// Devices that need a person now.
    pub devices: u64,
    /// Devices that need nobody now, because their agents mend what is amiss.
    pub agent: u64,
    /// Devices of which something is muted now.
    pub muted: u64,
    /// Devices that are left in peace, because they are new.
    pub too_new: u64,
    /// Of those that need a person, by reason. A device with several stands in each.
    pub reasons: Vec<(Code, u64)>,
    /// Of those that need a person, by whose turn it is.
    pub turns: Vec<(Turn, u64)>,
    /// Of those that need a person, by the cheapest remedy.
    pub remedies: Vec<(RemedyKind, u64)>,
}

/// Each device once, by the reason that is to be seen to first among those that nobody muted.
const LEADING: &str = "SELECT turn, remedy, COUNT(*) AS devices FROM attention \
     WHERE organization_id = $1 AND enrolled_at < $2 AND muted_until <= $3 \
     AND (place = 0 OR NOT EXISTS (SELECT 1 FROM attention AS better WHERE better.device_id = attention.device_id \
     AND better.place < attention.place AND better.muted_until <= $3)) GROUP BY turn, remedy";

const BY_REASON: &str = "SELECT code, COUNT(*) AS devices FROM attention \
     WHERE organization_id = $1 AND enrolled_at < $2 AND muted_until <= $3 AND turn <> 'agent' GROUP BY code";

const MUTED: &str = "SELECT COUNT(DISTINCT device_id) AS devices FROM attention \
     WHERE organization_id = $1 AND enrolled_at < $2 AND muted_until > 0 AND muted_until > $3";

const TOO_NEW: &str = "SELECT COUNT(*) AS devices FROM attention \
     WHERE organization_id = $1 AND enrolled_at >= $2 AND place = 0 AND turn <> 'agent'";

/// Counts at `now`, when devices that enrolled at `new_since` or later are left in peace.
pub async fn counts(
    store: &Store,
    organization_id: OrganizationId,
    new_since: Timestamp,
    now: Timestamp,
) -> Result<Counts> {
    let mut reader = store.readers().acquire().await?;
    let mut counts = Counts::default();
    let mut rows = Vec::new();
    for text in [LEADING, BY_REASON, MUTED] {
        let query = sqlx::query(text)
            .bind(organization_id.to_string())
            .bind(new_since.as_millis())
            .bind(now.as_millis());
        rows.push(query.fetch_all(&mut *reader).await?);
    }
    let new = sqlx::query(TOO_NEW)
        .bind(organization_id.to_string())
        .bind(new_since.as_millis())
        .fetch_all(&mut *reader)
        .await?;
    counts.too_new = sum(&new)?;
    counts.muted = sum(&rows[2])?;
    for row in &rows[1] {
        let row = Row::new("attention", row);
        counts
            .reasons
            .push((row.word("code", Code::from_word)?, row.count("devices")?));
    }
    for row in &rows[0] {
        counts.lead(Row::new("attention", row))?;
    }
    Ok(counts)
}

impl Counts {
    fn lead(&mut self, row: Row<'_>) -> Result<()> {
        let turn = row.word("turn", Turn::from_word)?;
        let remedy = row.word("remedy", RemedyKind::from_word)?;
        let devices = row.count("devices")?;
        if turn == Turn::Agent {
            self.agent += devices;
        } else {
            self.devices += devices;
            add(&mut self.turns, turn, devices);
            add(&mut self.remedies, remedy, devices);
        }
        Ok(())
    }
}

fn add<K: PartialEq>(counts: &mut Vec<(K, u64)>, key: K, devices: u64) {
    match counts.iter_mut().find(|(other, _)| *other == key) {
        Some((_, count)) => *count += devices,
        None => counts.push((key, devices)),
    }
}

fn sum(rows: &[AnyRow]) -> Result<u64> {
    rows.iter()
        .map(|row| Row::new("attention", row).count("devices"))
        .sum()
}
