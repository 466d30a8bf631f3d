//! Lists of enrolment records, by serial number.

use trust::enrolment::SerialNumber;
use trust::id::OrganizationId;

use super::{KeptRecord, read};
use crate::{Result, Store};

/// Which part of the list is wanted.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Only records whose serial number, user name, name, e-mail address or account contains this; empty for all.
    pub containing: String,
    /// Only records that come after this serial number.
    pub after: Option<SerialNumber>,
    /// At most so many.
    pub limit: u32,
}

/// Records of the organisation in the order of their serial numbers.
pub async fn list(store: &Store, organization_id: OrganizationId, page: &Page) -> Result<Vec<KeptRecord>> {
    let rows = sqlx::query(
        "SELECT * FROM enrolment_record WHERE organization_id = $1 AND serial_number > $2 \
         AND search LIKE $3 ESCAPE '\\' ORDER BY serial_number LIMIT $4",
    )
    .bind(organization_id.to_string())
    .bind(page.after.as_ref().map_or("", SerialNumber::as_str))
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
