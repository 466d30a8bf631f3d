//! Lists of devices, by name. Each is read along an index in the order of names, or gathered from few entries of one, so
//! that a page costs the same on a thousand devices and on a million.

#[cfg(test)]
mod tests;

use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use trust::code::Code;
use trust::id::{DeviceId, OrganizationId};

use super::words::INDEX;
use super::{Device, Needing, needing, read};
use crate::finding::EASILY_RECOVERED;
use crate::resilience::Standing;
use crate::search::{Sought, Way, after_all_of};
use crate::{Result, Store};

/// Which part of the list is wanted.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Only devices of whose name, serial number, hardware UUID or model a word begins with each word of this; a serial
    /// number is found by any three of its characters, too. Empty for all.
    pub containing: String,
    /// Only devices whose chain of trust is worth this: the word of their summary, or [`NOT_OBSERVED`](super::NOT_OBSERVED).
    pub chain: Option<String>,
    /// Only devices with a finding of this code.
    pub finding: Option<Code>,
    /// Only devices whose service account stands like this: the word of its status, or of its class.
    pub service_account: Option<String>,
    /// Only devices that stand so. Lists of those that need attention do not look at it.
    pub standing: Standing,
    /// Only devices that need attention, and which of them.
    pub needing: Option<Needing>,
    /// Only devices that come after this name (in lower case) and id.
    pub after: Option<(String, DeviceId)>,
    /// At most so many.
    pub limit: u32,
}

impl Page {
    /// The name and the id that devices come after, as they are bound.
    pub(super) fn after_texts(&self) -> (String, String) {
        match &self.after {
            Some((name, id)) => (name.clone(), id.to_string()),
            None => (String::new(), String::new()),
        }
    }
}

/// So many entries of words are gathered and sorted. Where a word has more, devices are looked through in their order until
/// the page is full.
pub(super) const FEW: u32 = 4_000;

const ALL: &str = "SELECT * FROM device WHERE organization_id = $1 AND replaced_by IS NULL \
     AND (sort_name, id) > ($2, $3) AND search LIKE $4 \
     AND ($6 = '' OR service_account = $6 OR service_account_class = $6) ORDER BY sort_name, id LIMIT $5";

const WITH_SERVICE_ACCOUNT: &str = "SELECT * FROM device WHERE organization_id = $1 AND replaced_by IS NULL \
     AND (sort_name, id) > ($2, $3) AND search LIKE $4 AND service_account = $6 ORDER BY sort_name, id LIMIT $5";

const WITH_SERVICE_ACCOUNT_CLASS: &str = "SELECT * FROM device WHERE organization_id = $1 AND replaced_by IS NULL \
     AND (sort_name, id) > ($2, $3) AND search LIKE $4 AND service_account_class = $6 ORDER BY sort_name, id LIMIT $5";

const WITH_CHAIN: &str = "SELECT * FROM device WHERE organization_id = $1 AND replaced_by IS NULL \
     AND (sort_name, id) > ($2, $3) AND search LIKE $4 \
     AND ($6 = '' OR service_account = $6 OR service_account_class = $6) AND chain = $7 ORDER BY sort_name, id LIMIT $5";

const WITH_FINDING: &str = "SELECT device.* FROM finding CROSS JOIN device \
     WHERE finding.organization_id = $1 AND finding.code = $7 AND finding.is_first = 1 \
     AND (finding.sort_name, finding.device_id) > ($2, $3) AND device.id = finding.device_id \
     AND device.replaced_by IS NULL AND device.search LIKE $4 \
     AND ($6 = '' OR device.service_account = $6 OR device.service_account_class = $6) \
     ORDER BY finding.sort_name, finding.device_id LIMIT $5";

const WITH_CHAIN_AND_FINDING: &str = "SELECT device.* FROM finding CROSS JOIN device \
     WHERE finding.organization_id = $1 AND finding.code = $8 AND finding.chain = $7 AND finding.is_first = 1 \
     AND (finding.sort_name, finding.device_id) > ($2, $3) AND device.id = finding.device_id \
     AND device.replaced_by IS NULL AND device.search LIKE $4 \
     AND ($6 = '' OR device.service_account = $6 OR device.service_account_class = $6) \
     ORDER BY finding.sort_name, finding.device_id LIMIT $5";

const STANDING_SO: &str = "SELECT device.* FROM resilience_listed CROSS JOIN device \
     WHERE resilience_listed.organization_id = $1 AND resilience_listed.what = $7 \
     AND (resilience_listed.sort_name, resilience_listed.device_id) > ($2, $3) AND device.id = resilience_listed.device_id \
     AND device.replaced_by IS NULL AND device.search LIKE $4 \
     AND ($6 = '' OR device.service_account = $6 OR device.service_account_class = $6) \
     AND ($8 = '' OR EXISTS (SELECT 1 FROM resilience_listed AS other WHERE other.device_id = device.id AND other.what = $8)) \
     AND ($9 = '' OR device.chain = $9) \
     AND ($10 = '' OR EXISTS (SELECT 1 FROM finding WHERE finding.device_id = device.id AND finding.code = $10)) \
     ORDER BY resilience_listed.sort_name, resilience_listed.device_id LIMIT $5";

const ALONG_A_WORD: &str = "SELECT device.* FROM device_word CROSS JOIN device \
     WHERE device_word.organization_id = $1 AND device_word.word = $7 \
     AND (device_word.sort_name, device_word.device_id) > ($2, $3) AND device.id = device_word.device_id \
     AND device.replaced_by IS NULL AND device.search LIKE $4 \
     AND ($6 = '' OR device.service_account = $6 OR device.service_account_class = $6) \
     ORDER BY device_word.sort_name, device_word.device_id LIMIT $5";

const AMONG_FEW: &str = "SELECT device.* FROM (SELECT DISTINCT sort_name, device_id FROM device_word \
     WHERE organization_id = $1 AND word >= $7 AND word < $8 AND (sort_name, device_id) > ($2, $3)) AS few \
     CROSS JOIN device WHERE device.id = few.device_id \
     AND device.replaced_by IS NULL AND device.search LIKE $4 \
     AND ($6 = '' OR device.service_account = $6 OR device.service_account_class = $6) AND ($9 = '' OR device.chain = $9) \
     AND ($10 = '' OR EXISTS (SELECT 1 FROM finding WHERE finding.device_id = device.id AND finding.code = $10)) \
     AND ($11 = '' OR EXISTS (SELECT 1 FROM resilience_listed WHERE device_id = device.id AND what = $11)) \
     AND ($12 = '' OR EXISTS (SELECT 1 FROM resilience_listed WHERE device_id = device.id AND what = $12)) \
     ORDER BY few.sort_name, few.device_id LIMIT $5";

/// Devices of the organisation in the order of their names; those that were replaced are left out.
pub async fn list(store: &Store, organization_id: OrganizationId, page: &Page) -> Result<Vec<Device>> {
    list_gathering(store, organization_id, page, FEW).await
}

pub(super) async fn list_gathering(
    store: &Store,
    organization_id: OrganizationId,
    page: &Page,
    few: u32,
) -> Result<Vec<Device>> {
    let sought = Sought::read(&page.containing);
    if sought.is_empty() && !page.containing.trim().is_empty() {
        return Ok(Vec::new());
    }
    let mut reader = store.readers().acquire().await?;
    let is_filtered = page.chain.is_some() || page.finding.is_some() || page.service_account.is_some();
    let way = sought.way(&INDEX, &mut reader, organization_id, few).await?;
    if let Some(needing) = &page.needing {
        let rows = needing::list(&mut reader, organization_id, page, needing, &sought, way).await?;
        return rows.iter().map(read).collect();
    }
    let rows = match way {
        Way::Nowhere => Vec::new(),
        Way::Few(word) => {
            let chain = page.chain.clone().unwrap_or_default();
            let finding = page.finding.map(Code::word).unwrap_or_default().to_owned();
            let more = [after_all_of(&word), chain, finding];
            let more = std::iter::once(word)
                .chain(more)
                .chain(page.standing.listed_under());
            fetch(&mut reader, AMONG_FEW, organization_id, page, &sought, more).await?
        }
        Way::Along(_) | Way::Everywhere if !page.standing.is_empty() => {
            let chain = page.chain.clone().unwrap_or_default();
            let finding = page.finding.map(Code::word).unwrap_or_default().to_owned();
            let more = page.standing.listed_under().into_iter().chain([chain, finding]);
            fetch(&mut reader, STANDING_SO, organization_id, page, &sought, more).await?
        }
        Way::Along(word) if !is_filtered => {
            let more = std::iter::once(word);
            fetch(&mut reader, ALONG_A_WORD, organization_id, page, &sought, more).await?
        }
        Way::Along(_) | Way::Everywhere => {
            let text = match (&page.chain, page.finding) {
                (None, None) => match page.service_account.as_deref() {
                    None => ALL,
                    Some(EASILY_RECOVERED) => WITH_SERVICE_ACCOUNT_CLASS,
                    Some(_) => WITH_SERVICE_ACCOUNT,
                },
                (Some(_), None) => WITH_CHAIN,
                (None, Some(_)) => WITH_FINDING,
                (Some(_), Some(_)) => WITH_CHAIN_AND_FINDING,
            };
            let finding = page.finding.map(|code| code.word().to_owned());
            let more = page.chain.clone().into_iter().chain(finding);
            fetch(&mut reader, text, organization_id, page, &sought, more).await?
        }
    };
    rows.iter().map(read).collect()
}

/// Runs one of the texts above. `more` are its values from `$7` on.
async fn fetch(
    reader: &mut AnyConnection,
    text: &'static str,
    organization_id: OrganizationId,
    page: &Page,
    sought: &Sought,
    more: impl Iterator<Item = String>,
) -> Result<Vec<AnyRow>> {
    let (after_name, after_id) = page.after_texts();
    let mut query = sqlx::query(text)
        .bind(organization_id.to_string())
        .bind(after_name)
        .bind(after_id)
        .bind(sought.pattern())
        .bind(i64::from(page.limit))
        .bind(page.service_account.clone().unwrap_or_default());
    for value in more {
        query = query.bind(value);
    }
    Ok(query.fetch_all(reader).await?)
}
