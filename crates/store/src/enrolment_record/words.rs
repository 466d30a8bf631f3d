//! The index of the words by which enrolment records are found.

use std::collections::BTreeSet;

use sqlx::AnyConnection;
use trust::enrolment::EnrolmentRecord;
use trust::id::OrganizationId;

use super::{person_text, read};
use crate::row::Row;
use crate::search::{Index, words_of};
use crate::{Result, Store};

/// The index, as a search asks it.
pub(super) const INDEX: Index = Index {
    count: "SELECT COUNT(*) AS entries FROM (SELECT 1 AS entry FROM enrolment_word WHERE organization_id = $1 \
            AND word >= $2 AND word < $3 LIMIT $4) AS counted",
    first: "SELECT word FROM enrolment_word WHERE organization_id = $1 AND word >= $2 AND word < $3 \
            ORDER BY word LIMIT 1",
    last: "SELECT word FROM enrolment_word WHERE organization_id = $1 AND word >= $2 AND word < $3 \
           ORDER BY word DESC LIMIT 1",
};

/// How many records that are older than the index get into it by one transaction.
const AT_ONCE: i64 = 500;

/// The words of a record, as they are kept in its row.
pub(super) fn words(record: &EnrolmentRecord) -> String {
    words_of(&[&person_text(record)], record.serial_number.as_str())
}

/// How many words go into the index by one statement.
const WORDS_AT_ONCE: usize = 8;

const INSERT: &str = "INSERT INTO enrolment_word (organization_id, serial_number, word) \
     SELECT $1, $2, word FROM (SELECT $3 AS word UNION SELECT $4 UNION SELECT $5 UNION SELECT $6 \
     UNION SELECT $7 UNION SELECT $8 UNION SELECT $9 UNION SELECT $10) AS words";

/// Brings the index up to date with the words that a record has `now`, and had `before`.
pub(super) async fn index_in(
    tx: &mut AnyConnection,
    organization_id: OrganizationId,
    serial_number: &str,
    before: &str,
    now: &str,
) -> Result<()> {
    let [before, now] = [before, now].map(|words| words.split_whitespace().collect::<BTreeSet<_>>());
    for word in before.difference(&now) {
        sqlx::query(
            "DELETE FROM enrolment_word WHERE organization_id = $1 AND word = $2 AND serial_number = $3",
        )
        .bind(organization_id.to_string())
        .bind((*word).to_owned())
        .bind(serial_number.to_owned())
        .execute(&mut *tx)
        .await?;
    }
    let new: Vec<&str> = now.difference(&before).copied().collect();
    for part in new.chunks(WORDS_AT_ONCE) {
        let mut insert = sqlx::query(INSERT)
            .bind(organization_id.to_string())
            .bind(serial_number.to_owned());
        // The last word fills the places that are left: the words are made one of each.
        for place in 0..WORDS_AT_ONCE {
            insert = insert.bind(part[place.min(part.len() - 1)].to_owned());
        }
        insert.execute(&mut *tx).await?;
    }
    Ok(())
}

/// Lets records that are older than the index get into it.
pub(crate) async fn index_old(store: &Store) -> Result<()> {
    while store
        .write(&AT_ONCE, |tx, limit| Box::pin(index_some_in(tx, *limit)))
        .await?
    {}
    Ok(())
}

/// Indexes some records; false when there are none left.
async fn index_some_in(tx: &mut AnyConnection, limit: i64) -> Result<bool> {
    let rows = sqlx::query("SELECT * FROM enrolment_record WHERE search = '' LIMIT $1")
        .bind(limit)
        .fetch_all(&mut *tx)
        .await?;
    for row in &rows {
        let organization_id: OrganizationId = Row::new("enrolment_record", row).id("organization_id")?;
        let record = read(row)?.record;
        let (serial_number, words) = (record.serial_number.as_str(), words(&record));
        index_in(tx, organization_id, serial_number, "", &words).await?;
        sqlx::query(
            "UPDATE enrolment_record SET search = $3 WHERE organization_id = $1 AND serial_number = $2",
        )
        .bind(organization_id.to_string())
        .bind(serial_number.to_owned())
        .bind(words)
        .execute(&mut *tx)
        .await?;
    }
    Ok(!rows.is_empty())
}
