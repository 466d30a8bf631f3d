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

/// Every reason that nobody muted. What stands at place 0 leads: its device is counted by it.
const BY_REASON: &str = "SELECT code, turn, remedy, place, COUNT(*) AS devices FROM attention \
     WHERE organization_id = $1 AND enrolled_at < $2 AND muted_until <= $3 GROUP BY code, turn, remedy, place";

/// The reasons that lead in the place of muted ones.
const NEXT: &str = "SELECT turn, remedy, COUNT(*) AS devices FROM (SELECT device_id FROM attention \
     WHERE organization_id = $1 AND muted_until > 0 AND muted_until > $3 AND place = 0) AS muted CROSS JOIN attention \
     WHERE attention.device_id = muted.device_id AND place > 0 AND enrolled_at < $2 AND muted_until <= $3 \
     AND NOT EXISTS (SELECT 1 FROM attention AS better WHERE better.device_id = attention.device_id \
     AND better.place < attention.place AND better.muted_until <= $3) GROUP BY turn, remedy";

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
    let mut asked = Vec::new();
    for text in [BY_REASON, NEXT, MUTED, TOO_NEW] {
        let mut query = sqlx::query(text)
            .bind(organization_id.to_string())
            .bind(new_since.as_millis());
        if text != TOO_NEW {
            query = query.bind(now.as_millis());
        }
        asked.push(query.fetch_all(&mut *reader).await?);
    }
    for row in &asked[0] {
        counts.reason(Row::new("attention", row))?;
    }
    for row in &asked[1] {
        counts.lead(Row::new("attention", row))?;
    }
    counts.muted = sum(&asked[2])?;
    counts.too_new = sum(&asked[3])?;
    Ok(counts)
}

impl Counts {
    fn reason(&mut self, row: Row<'_>) -> Result<()> {
        let code = row.word("code", Code::from_word)?;
        if row.word("turn", Turn::from_word)? != Turn::Agent {
            add(&mut self.reasons, code, row.count("devices")?);
        }
        if row.number("place")? == 0 {
            self.lead(row)?;
        }
        Ok(())
    }

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
