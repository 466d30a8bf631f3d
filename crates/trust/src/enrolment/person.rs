//! The person whom an account is bound to.

use serde::{Deserialize, Serialize};

use super::{EmailAddress, EnrolmentRecord};
use crate::name::{AccountName, FullName};

/// A person.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Person {
    /// The person's name.
    pub full_name: FullName,
    /// The person's e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<EmailAddress>,
}

impl EnrolmentRecord {
    /// The record of the Mac whose `account` is the person's. What was known of somebody else goes; what is known of the Mac
    /// stays.
    pub fn bound_to(self, person: &Person, account: &AccountName) -> Self {
        let is_the_same = self
            .full_name
            .as_ref()
            .is_none_or(|name| *name == person.full_name);
        let (username, email) = if is_the_same {
            (self.username, self.email)
        } else {
            (None, None)
        };
        Self {
            username,
            full_name: Some(person.full_name.clone()),
            email: person.email.clone().or(email),
            account: Some(account.clone()),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ben() -> Person {
        Person {
            full_name: "Ben Brandt".parse().unwrap(),
            email: None,
        }
    }

    #[test]
    fn what_is_known_of_the_same_person_stays() {
        let record = EnrolmentRecord {
            username: Some("bbrandt".parse().unwrap()),
            email: Some("ben@example.com".parse().unwrap()),
            ..EnrolmentRecord::new("C02".parse().unwrap())
        };
        let bound = record.clone().bound_to(&ben(), &"ben".parse().unwrap());
        assert_eq!((&bound.username, &bound.email), (&record.username, &record.email));
        assert_eq!(bound.bound_account().unwrap().as_str(), "ben");
        assert_eq!(bound.person(), Some("Ben Brandt"));
    }

    #[test]
    fn what_was_known_of_somebody_else_goes() {
        let record = EnrolmentRecord {
            username: Some("ada".parse().unwrap()),
            full_name: Some("Ada Lovelace".parse().unwrap()),
            email: Some("ada@example.com".parse().unwrap()),
            ..EnrolmentRecord::new("C02".parse().unwrap())
        };
        let bound = record.bound_to(&ben(), &"ben".parse().unwrap());
        assert_eq!((&bound.username, &bound.email), (&None, &None));
        assert_eq!(bound.person(), Some("Ben Brandt"));
    }
}
