//! Lists of devices, by name.

use trust::id::{DeviceId, OrganizationId};

use super::{Device, read};
use crate::{Result, Store};

/// Which part of the list is wanted.
#[derive(Debug, Clone)]
pub struct Page {
    /// Only devices whose name, serial number, hardware UUID or model contains this; empty for all.
    pub containing: String,
    /// Only devices that come after this name (in lower case) and id.
    pub after: Option<(String, DeviceId)>,
    /// At most so many.
    pub limit: u32,
}

/// Devices of the organisation in the order of their names; those that were replaced are left out.
pub async fn list(store: &Store, organization_id: OrganizationId, page: &Page) -> Result<Vec<Device>> {
    let (after_name, after_id) = match &page.after {
        Some((name, id)) => (name.clone(), id.to_string()),
        None => (String::new(), String::new()),
    };
    let rows = sqlx::query(
        "SELECT * FROM device WHERE organization_id = $1 AND replaced_by IS NULL \
         AND (sort_name, id) > ($2, $3) AND search LIKE $4 ESCAPE '\\' ORDER BY sort_name, id LIMIT $5",
    )
    .bind(organization_id.to_string())
    .bind(after_name)
    .bind(after_id)
    .bind(containing(&page.containing))
    .bind(i64::from(page.limit))
    .fetch_all(store.readers())
    .await?;
    rows.iter().map(read).collect()
}

/// A pattern for `LIKE` in which the text stands for itself.
fn containing(text: &str) -> String {
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
