//! What is to become of a record.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{AttributeName, AttributeValue, EmailAddress, EnrolmentRecord};
use crate::name::{AccountName, FullName};

/// What is said of the person of one Mac. What is not said stays.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct RecordChange {
    /// The person's user name.
    pub username: Option<AccountName>,
    /// The person's name.
    pub full_name: Option<FullName>,
    /// The person's e-mail address.
    pub email: Option<EmailAddress>,
    /// The local account that is the person's.
    pub account: Option<AccountName>,
    /// The organisation's own attributes.
    pub attributes: BTreeMap<AttributeName, AttributeValue>,
}

impl RecordChange {
    /// The record with the change.
    pub fn applied_to(self, mut record: EnrolmentRecord) -> EnrolmentRecord {
        record.attributes.extend(self.attributes);
        EnrolmentRecord {
            username: self.username.or(record.username),
            full_name: self.full_name.or(record.full_name),
            email: self.email.or(record.email),
            account: self.account.or(record.account),
            ..record
        }
    }
}

impl EnrolmentRecord {
    /// The names of what differs between two records of a Mac.
    pub fn differences(&self, other: &Self) -> Vec<String> {
        let fields = [
            ("username", self.username != other.username),
            ("full_name", self.full_name != other.full_name),
            ("email", self.email != other.email),
            ("account", self.account != other.account),
        ];
        let fields = fields
            .into_iter()
            .filter(|(_, differs)| *differs)
            .map(|(name, _)| name.to_owned());
        let all: BTreeMap<_, _> = self.attributes.iter().chain(&other.attributes).collect();
        let attributes = all
            .into_keys()
            .filter(|name| self.attributes.get(*name) != other.attributes.get(*name));
        fields.chain(attributes.map(ToString::to_string)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_keeps_what_it_does_not_speak_of() {
        let attribute = |name: &str, value: &str| (name.parse().unwrap(), value.parse().unwrap());
        let before = EnrolmentRecord {
            username: Some("ada".parse().unwrap()),
            email: Some("ada@example.org".parse().unwrap()),
            attributes: BTreeMap::from([attribute("room", "3"), attribute("floor", "1")]),
            ..EnrolmentRecord::new("C02".parse().unwrap())
        };
        let change = RecordChange {
            email: Some("a.lovelace@example.org".parse().unwrap()),
            full_name: Some("Ada Lovelace".parse().unwrap()),
            attributes: BTreeMap::from([attribute("room", "4"), attribute("desk", "2")]),
            ..RecordChange::default()
        };
        let after = change.applied_to(before.clone());
        assert_eq!(after.username, before.username);
        assert_eq!(after.email.as_ref().unwrap().as_str(), "a.lovelace@example.org");
        let attributes: Vec<_> = after
            .attributes
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        assert_eq!(attributes, [("desk", "2"), ("floor", "1"), ("room", "4")]);
        assert_eq!(before.differences(&after), ["full_name", "email", "desk", "room"]);
        assert_eq!(after.differences(&before), before.differences(&after));
        assert!(after.differences(&after).is_empty());
    }
}
