//! What the password policy remembers of an account: a property list inside its record.

use std::time::{Duration, SystemTime};

use plist::{Dictionary, Value};

use crate::xml_plist;

/// What the attribute `accountPolicyData` says. Every field can be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountPolicy {
    /// When the account was made.
    pub created_at: Option<SystemTime>,
    /// When its password was last set. It changes with every change of the password and never otherwise.
    pub password_set_at: Option<SystemTime>,
    /// Wrong passwords since the last right one.
    pub failed_login_count: Option<u64>,
    /// When the last wrong password was given.
    pub last_failed_login_at: Option<SystemTime>,
}

impl AccountPolicy {
    /// Reads the attribute.
    pub fn parse(text: &str) -> Option<Self> {
        let policy = xml_plist::read_dictionary(text)?;
        Some(Self {
            created_at: time(&policy, "creationTime"),
            password_set_at: time(&policy, "passwordLastSetTime"),
            failed_login_count: policy
                .get("failedLoginCount")
                .and_then(Value::as_unsigned_integer),
            last_failed_login_at: time(&policy, "failedLoginTimestamp"),
        })
    }
}

/// A time, which the record holds in seconds since 1970. 0 means never.
fn time(policy: &Dictionary, key: &str) -> Option<SystemTime> {
    let since_1970 = match policy.get(key)? {
        Value::Real(seconds) => Duration::try_from_secs_f64(*seconds).ok()?,
        Value::Integer(seconds) => Duration::from_secs(seconds.as_unsigned()?),
        Value::Date(date) => return Some((*date).into()),
        _ => return None,
    };
    if since_1970.is_zero() {
        None
    } else {
        SystemTime::UNIX_EPOCH.checked_add(since_1970)
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::AccountPolicy;

    #[test]
    fn times_are_seconds_and_zero_is_never() {
        let policy = AccountPolicy::parse(
            "<?xml version=\"1.0\"?><plist version=\"1.0\"><dict><key>creationTime</key><real>1612345678.5</real>\
             <key>failedLoginCount</key><integer>3</integer><key>failedLoginTimestamp</key><integer>0</integer>\
             <key>passwordLastSetTime</key><real>-1e300</real></dict></plist>",
        );
        let expected = AccountPolicy {
            created_at: Some(SystemTime::UNIX_EPOCH + Duration::from_millis(1_612_345_678_500)),
            failed_login_count: Some(3),
            ..AccountPolicy::default()
        };
        assert_eq!(policy, Some(expected));
        assert_eq!(AccountPolicy::parse("nothing"), None);
    }
}
