//! Lists of enrolment records, by serial number. Each is read along an index in that order, or gathered from few entries of
//! one, so that a page costs the same on a thousand records and on a million.

use trust::enrolment::SerialNumber;
use trust::id::OrganizationId;

use super::words::INDEX;
use super::{KeptRecord, read};
use crate::search::{Sought, Way, after_all_of};
use crate::{Result, Store};

/// Which part of the list is wanted.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Only records of whose serial number, user name, name, e-mail address or account a word begins with each word of this;
    /// a serial number is found by any three of its characters, too. Empty for all.
    pub containing: String,
    /// Only records that come after this serial number.
    pub after: Option<SerialNumber>,
    /// At most so many.
    pub limit: u32,
}

/// So many entries of words are gathered and sorted. Where a word has more, records are looked through in their order until
/// the page is full.
const FEW: u32 = 4_000;

const ALL: &str = "SELECT * FROM enrolment_record WHERE organization_id = $1 AND serial_number > $2 \
     AND search LIKE $3 ORDER BY serial_number LIMIT $4";

const ALONG_A_WORD: &str = "SELECT enrolment_record.* FROM enrolment_word CROSS JOIN enrolment_record \
     WHERE enrolment_word.organization_id = $1 AND enrolment_word.word = $5 AND enrolment_word.serial_number > $2 \
     AND enrolment_record.organization_id = $1 AND enrolment_record.serial_number = enrolment_word.serial_number \
     AND enrolment_record.search LIKE $3 ORDER BY enrolment_word.serial_number LIMIT $4";

const AMONG_FEW: &str = "SELECT enrolment_record.* FROM (SELECT DISTINCT serial_number FROM enrolment_word \
     WHERE organization_id = $1 AND word >= $5 AND word < $6 AND serial_number > $2) AS few \
     CROSS JOIN enrolment_record WHERE enrolment_record.organization_id = $1 \
     AND enrolment_record.serial_number = few.serial_number AND enrolment_record.search LIKE $3 \
     ORDER BY few.serial_number LIMIT $4";

/// Records of the organisation in the order of their serial numbers.
pub async fn list(store: &Store, organization_id: OrganizationId, page: &Page) -> Result<Vec<KeptRecord>> {
    list_gathering(store, organization_id, page, FEW).await
}

async fn list_gathering(
    store: &Store,
    organization_id: OrganizationId,
    page: &Page,
    few: u32,
) -> Result<Vec<KeptRecord>> {
    let sought = Sought::read(&page.containing);
    if sought.is_empty() && !page.containing.trim().is_empty() {
        return Ok(Vec::new());
    }
    let mut reader = store.readers().acquire().await?;
    let way = sought.way(&INDEX, &mut reader, organization_id, few).await?;
    let (text, words) = match way {
        Way::Nowhere => return Ok(Vec::new()),
        Way::Few(word) => (AMONG_FEW, vec![after_all_of(&word), word]),
        Way::Along(word) => (ALONG_A_WORD, vec![word]),
        Way::Everywhere => (ALL, Vec::new()),
    };
    let mut query = sqlx::query(text)
        .bind(organization_id.to_string())
        .bind(page.after.as_ref().map_or("", SerialNumber::as_str))
        .bind(sought.pattern())
        .bind(i64::from(page.limit));
    for word in words.into_iter().rev() {
        query = query.bind(word);
    }
    let rows = query.fetch_all(&mut *reader).await?;
    rows.iter().map(read).collect()
}

#[cfg(test)]
mod tests;
