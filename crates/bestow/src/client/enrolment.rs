//! Enrolment data, as the API shows and takes it.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use reqwest::Method;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::json;
use trust::enrolment::SerialNumber;
use trust::time::Timestamp;
use zeroize::Zeroizing;

use super::Page;
use super::error::ClientError;
use super::transport::{Answer, Client};

/// Where the API keeps it.
const PATH: &str = "enrolment-records";

/// The longest body that the server reads as JSON. What is serialised never grows beyond it, which would leave copies.
const LONGEST_JSON: usize = 64 * 1024;

/// Who uses a Mac, without the secrets.
#[derive(Debug, Clone, Deserialize)]
pub struct EnrolmentRecordView {
    /// The Mac's serial number.
    pub serial_number: String,
    /// The person's user name.
    pub username: Option<String>,
    /// The person's name.
    pub full_name: Option<String>,
    /// The person's e-mail address.
    pub email: Option<String>,
    /// The local account that is bound.
    pub account: Option<String>,
    /// What `%username%` means where an account is named.
    #[serde(default)]
    pub bound_account: Option<String>,
    /// The organisation's own attributes.
    #[serde(default)]
    pub attributes: BTreeMap<String, String>,
    /// What was collected.
    #[serde(default)]
    pub secrets: Vec<CollectionView>,
    /// By which way it came in last.
    #[serde(default)]
    pub source: String,
    /// When it was changed last.
    pub updated_at: Timestamp,
    /// The device, once the Mac has enrolled.
    #[serde(default)]
    pub device_id: Option<String>,
}

/// A collected secret, without the secret.
#[derive(Debug, Clone, Deserialize)]
pub struct CollectionView {
    /// Which attribute's value it is.
    pub attribute: String,
    /// When it was collected.
    pub collected_at: Timestamp,
    /// `ready`, `waits_for_mac`, `expired` or `stale`.
    pub state: String,
    /// Until when it waits for its Mac.
    #[serde(default)]
    pub until: Option<Timestamp>,
}

/// What is said of a Mac: all that there is to know but for secrets, which stay unless they are named.
#[derive(Debug, Default, Serialize)]
pub struct EnrolmentRecordOrder {
    /// The person's user name.
    pub username: Option<String>,
    /// The person's name.
    pub full_name: Option<String>,
    /// The person's e-mail address.
    pub email: Option<String>,
    /// The local account that is bound.
    pub account: Option<String>,
    /// The organisation's own attributes.
    pub attributes: BTreeMap<String, String>,
    /// Secrets to be collected, or to be destroyed.
    pub secrets: BTreeMap<String, SecretOrder>,
    /// Whether the Mac has not enrolled yet; needed when nobody knows its serial number.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub not_enrolled: bool,
}

/// What becomes of a secret.
#[derive(Debug)]
pub enum SecretOrder {
    /// It is collected.
    Collect(SecretString),
    /// It is destroyed.
    Destroy,
}

impl Serialize for SecretOrder {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Collect(secret) => serializer.serialize_str(secret.expose_secret()),
            Self::Destroy => serializer.serialize_none(),
        }
    }
}

/// What an import has done, or would do.
#[derive(Debug, Clone, Deserialize)]
pub struct ImportView {
    /// How many Macs become known.
    pub created: usize,
    /// How many records change.
    pub changed: usize,
    /// How many lines say nothing new.
    pub unchanged: usize,
    /// How many of these Macs have not enrolled yet.
    pub not_enrolled: usize,
    /// How many secrets are collected.
    pub secrets: usize,
    /// Whether the import would be refused, because lines cannot be taken.
    #[serde(default)]
    pub refused: bool,
    /// Attributes that no Mac had before, as columns are named.
    #[serde(default)]
    pub new_attributes: Vec<String>,
    /// How many lines cannot be taken.
    #[serde(default)]
    pub bad: usize,
    /// What becomes of each Mac; the first ones.
    #[serde(default)]
    pub lines: Vec<ImportedLine>,
    /// Lines that cannot be taken; the first ones.
    #[serde(default)]
    pub bad_lines: Vec<BadLine>,
}

/// What becomes of one Mac.
#[derive(Debug, Clone, Deserialize)]
pub struct ImportedLine {
    /// The line's number.
    pub line: u64,
    /// The Mac.
    pub serial_number: String,
    /// The device's name, when it has enrolled.
    #[serde(default)]
    pub device_name: Option<String>,
    /// The person.
    #[serde(default)]
    pub person: Option<String>,
    /// `created`, `changed` or `unchanged`.
    pub what: String,
    /// What changes.
    #[serde(default)]
    pub changes: Vec<String>,
}

/// A line that cannot be taken.
#[derive(Debug, Clone, Deserialize)]
pub struct BadLine {
    /// Its number.
    pub line: u64,
    /// The column.
    #[serde(default)]
    pub column: Option<String>,
    /// The heading as it stands in the table, when that is what is wrong.
    #[serde(default)]
    pub heading: Option<String>,
    /// The rule that it breaks.
    pub rule: String,
}

/// A link to the enrolment page.
#[derive(Debug, Deserialize)]
pub struct EnrolmentLink {
    /// Its path on the server.
    pub path: SecretString,
    /// Until when it can be used.
    pub expires_at: Timestamp,
}

impl Client {
    /// Who uses the Mac of a serial number.
    pub async fn enrolment_record(
        &self,
        serial_number: &str,
    ) -> Result<Answer<EnrolmentRecordView>, ClientError> {
        self.get(&path_of(serial_number), &[]).await
    }

    /// Who uses which Mac.
    pub async fn enrolment_records(
        &self,
        query: &[(&str, &str)],
    ) -> Result<Answer<Page<EnrolmentRecordView>>, ClientError> {
        self.get(PATH, query).await
    }

    /// Says who uses the Mac of a serial number.
    pub async fn put_enrolment_record(
        &self,
        serial_number: &str,
        order: &EnrolmentRecordOrder,
    ) -> Result<Answer<EnrolmentRecordView>, ClientError> {
        let mut json = Zeroizing::new(Vec::with_capacity(LONGEST_JSON));
        // Writing to memory cannot fail, and texts and maps of them always have a form.
        let _ = serde_json::to_writer(&mut *json, order);
        let body = Bytes::from_owner(json);
        self.send(
            Method::PUT,
            &path_of(serial_number),
            &[],
            "application/json",
            body,
        )
        .await
    }

    /// Forgets who uses the Mac of a serial number.
    pub async fn forget_enrolment_record(&self, serial_number: &str) -> Result<(), ClientError> {
        let nothing = Bytes::new();
        let path = path_of(serial_number);
        self.send::<()>(Method::DELETE, &path, &[], "application/json", nothing)
            .await
            .map(|_| ())
    }

    /// Imports a table in CSV.
    pub async fn import_enrolment_records(
        &self,
        table: Zeroizing<Vec<u8>>,
        query: &[(&str, &str)],
    ) -> Result<Answer<ImportView>, ClientError> {
        let (path, body) = (format!("{PATH}/import"), Bytes::from_owner(table));
        self.send(Method::POST, &path, query, "text/csv", body).await
    }

    /// Makes a link by which the person of a Mac says who it is.
    pub async fn make_enrolment_link(
        &self,
        serial_number: &SerialNumber,
        not_enrolled: bool,
        valid_for: Option<Duration>,
    ) -> Result<Answer<EnrolmentLink>, ClientError> {
        let body = json!({
            "serial_number": serial_number,
            "not_enrolled": not_enrolled,
            "valid_for_s": valid_for.map(|span| span.as_secs()),
        });
        self.post("enrolment-links", &body, None).await
    }
}

/// The path of one record.
fn path_of(serial_number: &str) -> String {
    format!("{PATH}/{}", encoded(serial_number))
}

/// A text as it stands in a path. A serial number may hold what means something in an address.
pub(super) fn encoded(text: &str) -> String {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes()
        .map(|byte| match unreserved(byte) {
            true => char::from(byte).to_string(),
            false => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_serial_number_stays_one_part_of_the_address() {
        assert_eq!(path_of("C02-A.b_~1"), "enrolment-records/C02-A.b_~1");
        assert_eq!(path_of("a/b?c#%"), "enrolment-records/a%2Fb%3Fc%23%25");
    }

    #[test]
    fn a_secret_is_shown_to_the_server_only() {
        let order = EnrolmentRecordOrder {
            secrets: BTreeMap::from([
                (
                    "password".to_owned(),
                    SecretOrder::Collect(SecretString::from("orchid")),
                ),
                ("pin".to_owned(), SecretOrder::Destroy),
            ]),
            ..EnrolmentRecordOrder::default()
        };
        let json = serde_json::to_value(&order).unwrap();
        assert_eq!(
            json["secrets"],
            serde_json::json!({ "password": "orchid", "pin": null })
        );
        assert!(!format!("{order:?}").contains("orchid"));
    }
}
