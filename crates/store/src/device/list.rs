//! Lists of devices, by name.

use trust::code::Code;
use trust::id::{DeviceId, OrganizationId};

use super::{Device, read};
use crate::{Result, Store};

/// Which part of the list is wanted.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Only devices whose name, serial number, hardware UUID or model contains this; empty for all.
    pub containing: String,
    /// Only devices whose chain of trust is worth this: the word of their summary, or [`NOT_OBSERVED`](super::NOT_OBSERVED).
    pub chain: Option<String>,
    /// Only devices with a finding of this code.
    pub finding: Option<Code>,
    /// Only devices that come after this name (in lower case) and id.
    pub after: Option<(String, DeviceId)>,
    /// At most so many.
    pub limit: u32,
}

const ALL: &str = "SELECT * FROM device WHERE organization_id = $1 AND replaced_by IS NULL \
     AND (sort_name, id) > ($2, $3) AND search LIKE $4 ESCAPE '\\' ORDER BY sort_name, id LIMIT $5";

const WITH_CHAIN: &str = "SELECT * FROM device WHERE organization_id = $1 AND replaced_by IS NULL \
     AND (sort_name, id) > ($2, $3) AND search LIKE $4 ESCAPE '\\' AND chain = $6 ORDER BY sort_name, id LIMIT $5";

const WITH_FINDING: &str = "SELECT * FROM device WHERE organization_id = $1 AND replaced_by IS NULL \
     AND (sort_name, id) > ($2, $3) AND search LIKE $4 ESCAPE '\\' \
     AND id IN (SELECT device_id FROM finding WHERE organization_id = $1 AND code = $6) \
     ORDER BY sort_name, id LIMIT $5";

const WITH_CHAIN_AND_FINDING: &str = "SELECT * FROM device WHERE organization_id = $1 AND replaced_by IS NULL \
     AND (sort_name, id) > ($2, $3) AND search LIKE $4 ESCAPE '\\' AND chain = $6 \
     AND id IN (SELECT device_id FROM finding WHERE organization_id = $1 AND code = $7) \
     ORDER BY sort_name, id LIMIT $5";

/// Devices of the organisation in the order of their names; those that were replaced are left out.
pub async fn list(store: &Store, organization_id: OrganizationId, page: &Page) -> Result<Vec<Device>> {
    let text = match (&page.chain, page.finding) {
        (None, None) => ALL,
        (Some(_), None) => WITH_CHAIN,
        (None, Some(_)) => WITH_FINDING,
        (Some(_), Some(_)) => WITH_CHAIN_AND_FINDING,
    };
    let (after_name, after_id) = match &page.after {
        Some((name, id)) => (name.clone(), id.to_string()),
        None => (String::new(), String::new()),
    };
    let mut query = sqlx::query(text)
        .bind(organization_id.to_string())
        .bind(after_name)
        .bind(after_id)
        .bind(containing(&page.containing))
        .bind(i64::from(page.limit));
    if let Some(chain) = &page.chain {
        query = query.bind(chain.clone());
    }
    if let Some(finding) = page.finding {
        query = query.bind(finding.word());
    }
    let rows = query.fetch_all(store.readers()).await?;
    rows.iter().map(read).collect()
}

/// A pattern for `LIKE` in which the text stands for itself.
pub(crate) fn containing(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in text.to_lowercase().chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}
