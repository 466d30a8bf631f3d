//! Enrolment data of a test.

use std::collections::BTreeMap;

use secrecy::SecretString;
use store::actor::Actor;
use store::enrolment_record::{NewRecord, Save, Saved, Source};
use store::idempotency::Request;
use trust::enrolment::{EnrolmentRecord, SerialNumber};
use trust::wildcard::{AttributeKind, Word};

use super::TestApp;
use crate::enrolment_records::collect::collect;

/// A person to whom a Mac belongs.
pub(crate) struct Person {
    pub record: EnrolmentRecord,
    pub secrets: BTreeMap<&'static str, &'static str>,
}

impl Person {
    /// Somebody of this user name, who uses the Mac of this serial number.
    pub(crate) fn new(serial_number: &str, username: &str) -> Self {
        Self {
            record: EnrolmentRecord {
                username: Some(username.parse().unwrap()),
                full_name: Some(format!("Full {username}").parse().unwrap()),
                email: Some(format!("{username}@example.org").parse().unwrap()),
                ..EnrolmentRecord::new(serial_number.parse().unwrap())
            },
            secrets: BTreeMap::new(),
        }
    }

    /// The same with an attribute.
    pub(crate) fn with(mut self, attribute: &str, value: &str) -> Self {
        let (name, value) = (attribute.parse().unwrap(), value.parse().unwrap());
        self.record.attributes.insert(name, value);
        self
    }

    /// The same with a secret that is collected.
    pub(crate) fn with_secret(mut self, attribute: &'static str, value: &'static str) -> Self {
        self.secrets.insert(attribute, value);
        self
    }
}

impl TestApp {
    /// Saves what is known of a person, as an import would.
    pub(crate) async fn bind(&self, person: &Person) {
        let organization_id = self.setup.organization_id();
        let serial_number: &SerialNumber = &person.record.serial_number;
        let store = &self.app.store;
        let device = store::device::of_serial_number(store, organization_id, serial_number)
            .await
            .unwrap();
        let kept = store::enrolment_record::find(store, organization_id, serial_number)
            .await
            .unwrap();
        let collected = |(name, value): (&&str, &&str)| {
            let (name, value) = (name.parse().unwrap(), SecretString::from(*value));
            collect(
                &self.app,
                organization_id,
                serial_number,
                device.as_ref(),
                &name,
                &value,
            )
            .unwrap()
        };
        let plain = person
            .record
            .attributes
            .keys()
            .map(|name| (name.clone(), AttributeKind::Plain));
        let secret = person
            .secrets
            .keys()
            .map(|name| (name.parse().unwrap(), AttributeKind::Secret));
        let save = Save {
            request: Request {
                organization_id,
                actor: Actor::Operator,
                key: self.fresh_key(),
                fingerprint: String::new(),
                at: self.app.now(),
            },
            source: Source::Import,
            attributes: plain
                .chain(secret)
                .filter(|(name, _)| Word::is_free(name))
                .collect(),
            records: vec![NewRecord {
                record: person.record.clone(),
                before: kept.map(|kept| kept.updated_at),
                secrets: person.secrets.iter().map(collected).collect(),
                device: device
                    .as_ref()
                    .map(|device| (device.id, device.sealing_key.clone())),
                forget: Vec::new(),
                detail: String::new(),
            }],
            answer: None,
        };
        let saved = store::enrolment_record::save(store, &save).await.unwrap();
        assert_eq!(saved, Saved::Done);
    }
}
