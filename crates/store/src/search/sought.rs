//! What somebody looks for, and the shortest way to it.

use std::collections::BTreeSet;

use sqlx::AnyConnection;
use trust::id::OrganizationId;

use super::words::words;
use crate::Result;
use crate::row::Row;

/// An index of words, by the statements that ask it. Each takes the organisation and a range of words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Index {
    /// Counts `entries`, at most `$4` of them.
    pub count: &'static str,
    /// The first `word` of the range.
    pub first: &'static str,
    /// The last one.
    pub last: &'static str,
}

impl Index {
    /// How many entries begin with `word`; no more than `most` are counted.
    pub(crate) async fn count(
        &self,
        connection: &mut AnyConnection,
        organization_id: OrganizationId,
        word: &str,
        most: i64,
    ) -> Result<i64> {
        let row = sqlx::query(self.count)
            .bind(organization_id.to_string())
            .bind(word.to_owned())
            .bind(after_all_of(word))
            .bind(most)
            .fetch_one(connection)
            .await?;
        Row::new("word", &row).number("entries")
    }
}

/// Rows of which a word begins with each of these, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sought(Vec<String>);

/// Where to look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Way {
    /// No row has such words.
    Nowhere,
    /// Among the few entries that begin with this.
    Few(String),
    /// Along the entries of this very word, which alone begins as sought.
    Along(String),
    /// Along all rows: many of them have such words.
    Everywhere,
}

impl Sought {
    /// Reads what was typed.
    pub(crate) fn read(text: &str) -> Self {
        let all = BTreeSet::from_iter(words(text));
        let says_less = |word: &&String| {
            !all.iter()
                .any(|other| other != *word && other.starts_with(word.as_str()))
        };
        Self(all.iter().filter(says_less).cloned().collect())
    }

    /// Whether nothing is sought.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A pattern for `LIKE` that fits the words of a row as they are kept: both are in order, and no word that is
    /// sought begins another.
    pub(crate) fn pattern(&self) -> String {
        let words = self.0.iter().map(|word| format!(" {word}%"));
        format!("%{}", words.collect::<String>())
    }

    /// The shortest way, by the word that the fewest rows have. `few` entries may be gathered.
    pub(crate) async fn way(
        &self,
        index: &Index,
        connection: &mut AnyConnection,
        organization_id: OrganizationId,
        few: u32,
    ) -> Result<Way> {
        let few = i64::from(few);
        let mut rarest = None;
        for word in &self.0 {
            let count = index.count(connection, organization_id, word, few + 1).await?;
            if rarest.is_none_or(|(_, fewest)| count < fewest) {
                rarest = Some((word, count));
            }
        }
        Ok(match rarest {
            None => Way::Everywhere,
            Some((_, 0)) => Way::Nowhere,
            Some((word, count)) if count <= few => Way::Few(word.clone()),
            Some((word, _)) => match only_word(index, connection, organization_id, word).await? {
                Some(only) => Way::Along(only),
                None => Way::Everywhere,
            },
        })
    }
}

/// The end of the range of words that begin with `word`.
pub(crate) fn after_all_of(word: &str) -> String {
    format!("{word}{}", char::MAX)
}

/// The one word that begins with `word`, when there is only one.
async fn only_word(
    index: &Index,
    connection: &mut AnyConnection,
    organization_id: OrganizationId,
    word: &str,
) -> Result<Option<String>> {
    let mut ends = Vec::new();
    for text in [index.first, index.last] {
        let row = sqlx::query(text)
            .bind(organization_id.to_string())
            .bind(word.to_owned())
            .bind(after_all_of(word))
            .fetch_optional(&mut *connection)
            .await?;
        ends.push(row.map(|row| Row::new("word", &row).text("word")).transpose()?);
    }
    let last = ends.pop().flatten();
    Ok(last.filter(|last| ends.contains(&Some(last.clone()))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_fits_whatever_the_order_of_what_was_typed() {
        assert_eq!(Sought::read("Pro MacBook").pattern(), "% macbook% pro%");
        assert_eq!(Sought::read("").pattern(), "%");
    }

    #[test]
    fn what_another_word_says_as_well_is_left_out() {
        assert_eq!(Sought::read("mac ma mac14").0, ["mac14"]);
        assert_eq!(Sought::read(" _%\\ ").0, Vec::<String>::new());
    }
}
