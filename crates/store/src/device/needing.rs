//! Lists of the devices that need attention, by name. Each device stands for one of its reasons: the one that is asked for,
//! or that which is to be seen to first among those that nobody muted.

#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use trust::attention::{Owner, Turn};
use trust::code::Code;
use trust::finding::RemedyKind;
use trust::id::OrganizationId;
use trust::time::Timestamp;

use super::Page;
use super::words::INDEX;
use crate::Result;
use crate::search::{Sought, Way, after_all_of};

/// Which of the devices that need attention are wanted.
#[derive(Debug, Clone)]
pub struct Needing {
    /// Only those with this reason.
    pub reason: Option<Code>,
    /// Only those where it is this one's turn; `None` for any person's.
    pub turn: Option<Turn>,
    /// Only those with this cheapest remedy.
    pub remedy: Option<RemedyKind>,
    /// Only those that this one sees to.
    pub owner: Option<Owner>,
    /// Only those of which something is muted, in the place of those of which something is not.
    pub muted: bool,
    /// Devices that enrolled then or later are left in peace.
    pub new_since: Timestamp,
    /// When this is asked.
    pub now: Timestamp,
}

/// What every list asks for. `$7` is [`Needing::new_since`], `$8` now, `$9` muted, `$10` turn, `$11` remedy, `$12` owner,
/// `$13` reason, `$14` chain and `$15` finding; before them stand those of the lists of all devices.
const ASKED: &str = "attention.enrolled_at < $7 AND (attention.muted_until > $8) = ($9 = 1) \
     AND ($10 = '' AND attention.turn <> 'agent' OR attention.turn = $10) AND ($11 = '' OR attention.remedy = $11) \
     AND ($12 = '' OR attention.owner = $12) AND ($13 = '' OR attention.code = $13) \
     AND ($13 <> '' OR attention.place = 0 OR NOT EXISTS (SELECT 1 FROM attention AS better \
     WHERE better.device_id = attention.device_id AND better.place < attention.place \
     AND (better.muted_until > $8) = ($9 = 1))) \
     AND device.id = attention.device_id AND device.replaced_by IS NULL AND device.search LIKE $4 \
     AND ($6 = '' OR device.service_account = $6 OR device.service_account_class = $6) \
     AND ($14 = '' OR device.chain = $14) \
     AND ($15 = '' OR EXISTS (SELECT 1 FROM finding WHERE finding.device_id = device.id AND finding.code = $15))";

/// What a list is read along: each has an index in the order of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Along {
    Names,
    Reason,
    Turn,
    Remedy,
    Owner,
    Muted,
    /// The entries of one word, `$16`.
    Word,
    /// Few entries of words, from `$16` to before `$17`.
    Few,
}

/// Up to so many entries of a word are looked through. What has more of them has so many that the list is soon full along
/// another index.
const RARE: i64 = 20_000;

/// The text for each, in the order of [`Along`].
static TEXTS: LazyLock<[String; 8]> = LazyLock::new(|| {
    let along = |more: &str| {
        format!(
            "SELECT device.* FROM attention CROSS JOIN device WHERE {more}attention.organization_id = $1 \
             AND (attention.sort_name, attention.device_id) > ($2, $3) AND {ASKED} \
             ORDER BY attention.sort_name, attention.device_id LIMIT $5"
        )
    };
    [
        along(""),
        along("attention.code = $13 AND "),
        along("attention.turn = $10 AND "),
        along("attention.remedy = $11 AND "),
        along("attention.owner = $12 AND attention.owner <> '' AND "),
        along("attention.muted_until > 0 AND "),
        format!(
            "SELECT device.* FROM device_word CROSS JOIN attention CROSS JOIN device \
             WHERE device_word.organization_id = $1 AND device_word.word = $16 \
             AND (device_word.sort_name, device_word.device_id) > ($2, $3) \
             AND attention.device_id = device_word.device_id AND {ASKED} \
             ORDER BY device_word.sort_name, device_word.device_id LIMIT $5"
        ),
        format!(
            "SELECT device.* FROM (SELECT DISTINCT sort_name, device_id FROM device_word \
             WHERE organization_id = $1 AND word >= $16 AND word < $17 AND (sort_name, device_id) > ($2, $3)) AS few \
             CROSS JOIN attention CROSS JOIN device WHERE attention.device_id = few.device_id AND {ASKED} \
             ORDER BY few.sort_name, few.device_id LIMIT $5"
        ),
    ]
});

impl Along {
    fn text(self) -> &'static str {
        TEXTS[self as usize].as_str()
    }
}

impl Needing {
    /// The index that leaves the fewest.
    fn along(&self) -> Along {
        if self.muted {
            Along::Muted
        } else if self.owner.is_some() {
            Along::Owner
        } else if self.reason.is_some() {
            Along::Reason
        } else if self.remedy.is_some() {
            Along::Remedy
        } else if self.turn.is_some() {
            Along::Turn
        } else {
            Along::Names
        }
    }
}

/// Devices that need attention, of those that `page` asks for.
pub(super) async fn list(
    reader: &mut AnyConnection,
    organization_id: OrganizationId,
    page: &Page,
    needing: &Needing,
    sought: &Sought,
    way: Way,
) -> Result<Vec<AnyRow>> {
    let along = needing.along();
    let is_narrow = matches!(along, Along::Owner | Along::Muted);
    let (along, word) = match way {
        Way::Nowhere => return Ok(Vec::new()),
        Way::Few(word) => (Along::Few, Some(word)),
        Way::Along(word) if !is_narrow && is_rare(reader, organization_id, &word).await? => {
            (Along::Word, Some(word))
        }
        Way::Along(_) | Way::Everywhere => (along, None),
    };
    let (after_name, after_id) = page.after_texts();
    let text = |word: Option<&str>| word.unwrap_or_default().to_owned();
    let mut query = sqlx::query(along.text())
        .bind(organization_id.to_string())
        .bind(after_name)
        .bind(after_id)
        .bind(sought.pattern())
        .bind(i64::from(page.limit))
        .bind(text(page.service_account.as_deref()))
        .bind(needing.new_since.as_millis())
        .bind(needing.now.as_millis())
        .bind(i64::from(needing.muted))
        .bind(text(needing.turn.map(Turn::word)))
        .bind(text(needing.remedy.map(RemedyKind::word)))
        .bind(text(needing.owner.as_ref().map(Owner::as_str)))
        .bind(text(needing.reason.map(Code::word)))
        .bind(text(page.chain.as_deref()))
        .bind(text(page.finding.map(Code::word)));
    if let Some(word) = word {
        let end = after_all_of(&word);
        query = query.bind(word);
        if along == Along::Few {
            query = query.bind(end);
        }
    }
    Ok(query.fetch_all(reader).await?)
}

/// Whether the devices with this word are few enough to look at each of them.
async fn is_rare(reader: &mut AnyConnection, organization_id: OrganizationId, word: &str) -> Result<bool> {
    let entries = INDEX.count(reader, organization_id, word, RARE + 1).await?;
    Ok(entries <= RARE)
}
