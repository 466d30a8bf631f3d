//! What Open Directory counts per account: the `accountPolicyData` attribute.

use serde::{Deserialize, Serialize};

use super::clock::UnixMillis;

/// Counters and dates of one account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountPolicyData {
    /// When the record was made.
    pub creation_time: UnixMillis,
    /// Wrong passwords since the last right one.
    pub failed_login_count: u32,
    /// When the last wrong password came.
    pub failed_login_timestamp: Option<UnixMillis>,
    /// When the password was last set; absent as long as there is none.
    pub password_last_set_time: Option<UnixMillis>,
}

impl AccountPolicyData {
    /// The property list inside the attribute.
    #[must_use]
    pub fn plist(&self) -> plist::Value {
        let mut dictionary = plist::Dictionary::new();
        dictionary.insert(
            "creationTime".to_owned(),
            plist::Value::Real(self.creation_time.seconds()),
        );
        dictionary.insert(
            "failedLoginCount".to_owned(),
            plist::Value::Integer(self.failed_login_count.into()),
        );
        dictionary.insert(
            "failedLoginTimestamp".to_owned(),
            match self.failed_login_timestamp {
                Some(when) => plist::Value::Real(when.seconds()),
                None => plist::Value::Integer(0.into()),
            },
        );
        if let Some(when) = self.password_last_set_time {
            dictionary.insert(
                "passwordLastSetTime".to_owned(),
                plist::Value::Real(when.seconds()),
            );
        }
        plist::Value::Dictionary(dictionary)
    }
}
