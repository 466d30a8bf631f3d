//! Enrolment records as the API shows them. Of secrets only this is told: what was collected, when, and what it is worth.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use store::collected_secret::CollectedSecret;
use store::device::Device;
use store::enrolment_record::KeptRecord;
use trust::code::Code;
use trust::enrolment::{AttributeName, AttributeValue, Collection, EmailAddress, SerialNumber};
use trust::id::DeviceId;
use trust::name::{AccountName, FullName};
use trust::time::Timestamp;
use utoipa::ToSchema;

use super::collection::collection;
use crate::app::App;

/// Who uses a Mac, and what was collected for it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct EnrolmentRecordView {
    /// The Mac's serial number.
    pub serial_number: SerialNumber,
    /// The person's user name in the organisation.
    pub username: Option<AccountName>,
    /// The person's name.
    pub full_name: Option<FullName>,
    /// The person's e-mail address.
    pub email: Option<EmailAddress>,
    /// The local account that is bound to the person, when its record name is not the user name.
    pub account: Option<AccountName>,
    /// The record name that `%username%` stands for where an account is named.
    pub bound_account: Option<AccountName>,
    /// The organisation's own attributes.
    pub attributes: BTreeMap<AttributeName, AttributeValue>,
    /// What was collected of secrets.
    pub secrets: Vec<CollectionView>,
    /// By which way it came in last: `api`, `import` or `enrolment_page`.
    pub source: String,
    /// When it was changed last.
    pub updated_at: Timestamp,
    /// The device that has the serial number; `null` while there is none.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub device_id: Option<DeviceId>,
}

/// A collected secret, without the secret.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct CollectionView {
    /// What it is and what it is worth.
    #[serde(flatten)]
    pub collection: Collection,
    /// Whether a wildcard can use it now.
    pub usable: bool,
    /// Why not.
    pub code: Option<Code>,
}

impl From<Collection> for CollectionView {
    fn from(collection: Collection) -> Self {
        let code = collection.state.refusal();
        Self {
            usable: code.is_none(),
            code,
            collection,
        }
    }
}

impl EnrolmentRecordView {
    /// The record as it is now.
    pub(crate) fn of(
        app: &App,
        kept: KeptRecord,
        secrets: &[CollectedSecret],
        device: Option<&Device>,
    ) -> Self {
        let record = kept.record;
        Self {
            bound_account: record.bound_account().cloned(),
            serial_number: record.serial_number,
            username: record.username,
            full_name: record.full_name,
            email: record.email,
            account: record.account,
            attributes: record.attributes,
            secrets: secrets
                .iter()
                .map(|secret| collection(app, secret, device).into())
                .collect(),
            source: kept.source.word().to_owned(),
            updated_at: kept.updated_at,
            device_id: device.map(|device| device.id),
        }
    }
}
