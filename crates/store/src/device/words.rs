//! The index of the words by which devices are found. A search is a few looks into it, however many devices there are.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use sqlx::AnyConnection;
use trust::id::DeviceId;

use crate::Result;
use crate::row::Row;
use crate::search::{Index, words_of};

/// The index, as a search asks it.
pub(super) const INDEX: Index = Index {
    count: "SELECT COUNT(*) AS entries FROM (SELECT 1 AS entry FROM device_word WHERE organization_id = $1 \
            AND word >= $2 AND word < $3 LIMIT $4) AS counted",
    first: "SELECT word FROM device_word WHERE organization_id = $1 AND word >= $2 AND word < $3 ORDER BY word LIMIT 1",
    last: "SELECT word FROM device_word WHERE organization_id = $1 AND word >= $2 AND word < $3 \
           ORDER BY word DESC LIMIT 1",
};

/// How many words go into the index by one statement.
const AT_ONCE: usize = 8;

const INSERT: &str = "INSERT INTO device_word (organization_id, word, sort_name, device_id) \
     SELECT $1, word, $2, $3 FROM (SELECT $4 AS word UNION SELECT $5 UNION SELECT $6 UNION SELECT $7 \
     UNION SELECT $8 UNION SELECT $9 UNION SELECT $10 UNION SELECT $11) AS words";

/// Brings what lists are sorted and searched by up to date with the rest of the device's row. What was replaced is found by
/// no word.
pub(crate) async fn index_in(tx: &mut AnyConnection, device_id: DeviceId) -> Result<()> {
    let row = sqlx::query(
        "SELECT organization_id, name, serial_number, hardware_uuid, model, person, sort_name, search, replaced_by \
         FROM device WHERE id = $1",
    )
    .bind(device_id.to_string())
    .fetch_one(&mut *tx)
    .await?;
    let row = Row::new("device", &row);
    let (name, hardware_uuid, person) = (row.text("name")?, row.text("hardware_uuid")?, row.text("person")?);
    let model = row.optional_text("model")?.unwrap_or_default();
    let before = Entry {
        words: row.text("search")?,
        sort_name: row.text("sort_name")?,
    };
    let is_replaced = row.optional_text("replaced_by")?.is_some();
    let texts = [&name, &hardware_uuid, &model, &person].map(String::as_str);
    let now = Entry {
        words: if is_replaced {
            String::new()
        } else {
            words_of(&texts, &row.text("serial_number")?)
        },
        sort_name: name.to_lowercase(),
    };
    if now != before {
        let organization_id = row.text("organization_id")?;
        change_in(tx, &organization_id, device_id, &before, &now).await?;
    }
    Ok(())
}

/// One device in the index.
#[derive(PartialEq, Eq)]
struct Entry {
    words: String,
    sort_name: String,
}

impl Entry {
    fn rows(&self) -> BTreeSet<(&str, &str)> {
        let words = self.words.split_whitespace();
        words.map(|word| (word, self.sort_name.as_str())).collect()
    }
}

async fn change_in(
    tx: &mut AnyConnection,
    organization_id: &str,
    device_id: DeviceId,
    before: &Entry,
    now: &Entry,
) -> Result<()> {
    for (word, sort_name) in before.rows().difference(&now.rows()) {
        sqlx::query(
            "DELETE FROM device_word WHERE organization_id = $1 AND word = $2 AND sort_name = $3 AND device_id = $4",
        )
        .bind(organization_id.to_owned())
        .bind((*word).to_owned())
        .bind((*sort_name).to_owned())
        .bind(device_id.to_string())
        .execute(&mut *tx)
        .await?;
    }
    let (rows, kept) = (now.rows(), before.rows());
    let new: Vec<&str> = rows.difference(&kept).map(|(word, _)| *word).collect();
    for part in new.chunks(AT_ONCE) {
        let mut insert = sqlx::query(INSERT)
            .bind(organization_id.to_owned())
            .bind(now.sort_name.clone())
            .bind(device_id.to_string());
        // The last word fills the places that are left: the words are made one of each.
        for word in part
            .iter()
            .chain(std::iter::repeat(&part[part.len() - 1]))
            .take(AT_ONCE)
        {
            insert = insert.bind((*word).to_owned());
        }
        insert.execute(&mut *tx).await?;
    }
    sqlx::query("UPDATE device SET search = $2, sort_name = $3 WHERE id = $1")
        .bind(device_id.to_string())
        .bind(now.words.clone())
        .bind(now.sort_name.clone())
        .execute(&mut *tx)
        .await?;
    sqlx::query("UPDATE finding SET sort_name = $2 WHERE device_id = $1")
        .bind(device_id.to_string())
        .bind(now.sort_name.clone())
        .execute(&mut *tx)
        .await?;
    sqlx::query("UPDATE attention SET sort_name = $2 WHERE device_id = $1")
        .bind(device_id.to_string())
        .bind(now.sort_name.clone())
        .execute(&mut *tx)
        .await?;
    sqlx::query("UPDATE resilience_listed SET sort_name = $2 WHERE device_id = $1")
        .bind(device_id.to_string())
        .bind(now.sort_name.clone())
        .execute(tx)
        .await?;
    Ok(())
}
