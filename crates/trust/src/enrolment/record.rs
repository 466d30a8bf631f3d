//! The enrolment record of one Mac.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{AttributeName, AttributeValue, EmailAddress, SerialNumber};
use crate::name::{AccountName, FullName};

/// Who uses a Mac, and what else the organisation knows of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolmentRecord {
    /// The Mac's serial number.
    pub serial_number: SerialNumber,
    /// The person's user name in the organisation.
    pub username: Option<AccountName>,
    /// The person's name.
    pub full_name: Option<FullName>,
    /// The person's e-mail address.
    pub email: Option<EmailAddress>,
    /// The local account that is the person's, when its record name is not the user name.
    pub account: Option<AccountName>,
    /// The organisation's own attributes.
    #[serde(default)]
    pub attributes: BTreeMap<AttributeName, AttributeValue>,
}

impl EnrolmentRecord {
    /// A record that tells nothing yet.
    pub fn new(serial_number: SerialNumber) -> Self {
        Self {
            serial_number,
            username: None,
            full_name: None,
            email: None,
            account: None,
            attributes: BTreeMap::new(),
        }
    }

    /// The record name of the local account that is the person's: the one that is bound, or else the user name.
    pub fn bound_account(&self) -> Option<&AccountName> {
        self.account.as_ref().or(self.username.as_ref())
    }

    /// The person in a few words, for people.
    pub fn person(&self) -> Option<&str> {
        let name = self.full_name.as_ref().map(FullName::as_str);
        let username = self.username.as_ref().map(AccountName::as_str);
        name.or(username)
            .or(self.email.as_ref().map(EmailAddress::as_str))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_account_is_the_user_name_unless_another_is_bound() {
        let mut record = EnrolmentRecord::new("C02".parse().unwrap());
        assert_eq!(record.bound_account(), None);
        record.username = Some("ada@example.org".parse().unwrap());
        assert_eq!(record.bound_account().unwrap().as_str(), "ada@example.org");
        record.account = Some("ada".parse().unwrap());
        assert_eq!(record.bound_account().unwrap().as_str(), "ada");
    }
}
