//! How many devices of an organisation have each score and each warning.

use trust::id::OrganizationId;
use trust::resilience::Warning;

use crate::row::Row;
use crate::{Result, Store};

/// How many devices have what; what none has is left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// By score.
    pub scores: Vec<(u8, u64)>,
    /// By warning. A device with several stands in each.
    pub warnings: Vec<(Warning, u64)>,
}

/// How many devices have each score and each warning: a row for each, however many devices there are.
pub async fn counts(store: &Store, organization_id: OrganizationId) -> Result<Counts> {
    let rows =
        sqlx::query("SELECT what, devices FROM resilience_count WHERE organization_id = $1 AND devices > 0")
            .bind(organization_id.to_string())
            .fetch_all(store.readers())
            .await?;
    let mut counts = Counts::default();
    for row in &rows {
        let row = Row::new("resilience_count", row);
        let (what, devices) = (row.text("what")?, row.count("devices")?);
        let inconsistent = || row.inconsistent("what");
        if let Some(score) = what.strip_prefix("score:") {
            counts
                .scores
                .push((score.parse().map_err(|_| inconsistent())?, devices));
        } else {
            let warning = what.strip_prefix("warning:").and_then(Warning::from_word);
            counts.warnings.push((warning.ok_or_else(inconsistent)?, devices));
        }
    }
    counts.scores.sort_unstable();
    counts
        .warnings
        .sort_by_key(|(warning, _)| Warning::ALL.iter().position(|one| one == warning));
    Ok(counts)
}
