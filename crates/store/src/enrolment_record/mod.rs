//! Enrolment records: who uses the Mac of a serial number, and what else the organisation knows of it.

mod forget;
mod list;
mod save;
mod words;

pub use forget::{Forgotten, forget};
pub use list::{Page, list};
pub(crate) use save::{By, put_in, save_in};
pub use save::{NewRecord, Save, Saved, save};
pub(crate) use words::index_old;

use sqlx::AnyConnection;
use sqlx::any::AnyRow;
use trust::enrolment::{EmailAddress, EnrolmentRecord, SerialNumber};
use trust::id::OrganizationId;
use trust::name::{AccountName, FullName};
use trust::time::Timestamp;

use crate::row::{Row, to_json};
use crate::{Result, Store};

/// A record as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptRecord {
    /// The record.
    pub record: EnrolmentRecord,
    /// By which way it came in last.
    pub source: Source,
    /// When it was changed last.
    pub updated_at: Timestamp,
}

/// A way in which enrolment data comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// One record by the API or the console.
    Api,
    /// A CSV import.
    Import,
    /// The page that a person fills in.
    EnrolmentPage,
    /// An account of the Mac was taken over for the person.
    Adoption,
}

impl Source {
    /// Every source.
    pub const ALL: [Self; 4] = [Self::Api, Self::Import, Self::EnrolmentPage, Self::Adoption];

    /// The source's word, as it is kept and shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Import => "import",
            Self::EnrolmentPage => "enrolment_page",
            Self::Adoption => "adoption",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.word() == word)
    }
}

/// The record of a Mac.
pub async fn find(
    store: &Store,
    organization_id: OrganizationId,
    serial_number: &SerialNumber,
) -> Result<Option<KeptRecord>> {
    let mut reader = store.readers().acquire().await?;
    find_in(&mut reader, organization_id, serial_number).await
}

pub(crate) async fn find_in(
    connection: &mut AnyConnection,
    organization_id: OrganizationId,
    serial_number: &SerialNumber,
) -> Result<Option<KeptRecord>> {
    let row = sqlx::query("SELECT * FROM enrolment_record WHERE organization_id = $1 AND serial_number = $2")
        .bind(organization_id.to_string())
        .bind(serial_number.as_str())
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(read).transpose()
}

/// Puts a record in the place of the one before.
async fn write(tx: &mut AnyConnection, by: By<'_>, record: &EnrolmentRecord) -> Result<()> {
    let (serial_number, words) = (record.serial_number.as_str(), words::words(record));
    let before = words_in(tx, by.organization_id, serial_number).await?;
    words::index_in(tx, by.organization_id, serial_number, &before, &words).await?;
    sqlx::query(
        "INSERT INTO enrolment_record (organization_id, serial_number, username, full_name, email, account, \
         attributes, source, updated_at, search) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
         ON CONFLICT (organization_id, serial_number) DO UPDATE SET username = excluded.username, \
         full_name = excluded.full_name, email = excluded.email, account = excluded.account, \
         attributes = excluded.attributes, source = excluded.source, updated_at = excluded.updated_at, \
         search = excluded.search",
    )
    .bind(by.organization_id.to_string())
    .bind(serial_number)
    .bind(record.username.as_ref().map(ToString::to_string))
    .bind(record.full_name.as_ref().map(|name| name.as_str().to_owned()))
    .bind(record.email.as_ref().map(ToString::to_string))
    .bind(record.account.as_ref().map(ToString::to_string))
    .bind(to_json("attributes", &record.attributes)?)
    .bind(by.source.word())
    .bind(by.at.as_millis())
    .bind(words)
    .execute(tx)
    .await?;
    Ok(())
}

/// The words of the record as it is kept; none where there is no record.
async fn words_in(
    tx: &mut AnyConnection,
    organization_id: OrganizationId,
    serial_number: &str,
) -> Result<String> {
    let row =
        sqlx::query("SELECT search FROM enrolment_record WHERE organization_id = $1 AND serial_number = $2")
            .bind(organization_id.to_string())
            .bind(serial_number.to_owned())
            .fetch_optional(tx)
            .await?;
    row.map_or_else(
        || Ok(String::new()),
        |row| Row::new("enrolment_record", &row).text("search"),
    )
}

/// What of a person a search looks through, in lower case.
pub(crate) fn person_text(record: &EnrolmentRecord) -> String {
    let words = [
        record.username.as_ref().map(AccountName::as_str),
        record.full_name.as_ref().map(FullName::as_str),
        record.email.as_ref().map(EmailAddress::as_str),
        record.account.as_ref().map(AccountName::as_str),
    ];
    let words: Vec<&str> = words.into_iter().flatten().collect();
    words.join("\n").to_lowercase()
}

fn read(row: &AnyRow) -> Result<KeptRecord> {
    let row = Row::new("enrolment_record", row);
    Ok(KeptRecord {
        record: EnrolmentRecord {
            serial_number: row.word("serial_number", |text| text.parse().ok())?,
            username: row.optional_word("username", |text| text.parse().ok())?,
            full_name: row.optional_word("full_name", |text| text.parse().ok())?,
            email: row.optional_word("email", |text| text.parse().ok())?,
            account: row.optional_word("account", |text| text.parse().ok())?,
            attributes: row.json("attributes")?,
        },
        source: row.word("source", Source::from_word)?,
        updated_at: row.time("updated_at")?,
    })
}
