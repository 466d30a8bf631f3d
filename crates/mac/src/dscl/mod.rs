//! `dscl`: the local directory of accounts and groups.
//!
//! Reading goes through property lists. In plain text an attribute that is missing exits with 0 and complains, and a
//! value with a newline cannot be told from two.

mod account_policy;
mod authority;
mod edit;
mod group;
mod password;
mod plain;
mod user;

pub use account_policy::AccountPolicy;
pub use authority::Authority;
pub use edit::{Edit, Outcome, edit, forget_failed_logins};
pub use group::{Group, group, parse_group};
pub use password::{PasswordChange, PasswordCheck, change_password, check_password, old_password_prompt};
pub use plain::parse_plain;
pub use user::{UserRecord, parse_users, user, users};

use plist::{Dictionary, Value};

use crate::open_directory::DsStatus;
use crate::{AccountName, Answer, Arg, Error, Tool};

/// The local directory, as `dscl` takes it.
const LOCAL: &str = ".";

/// The path of a record. `dscl` undoes backslashes and percent escapes in a path, so both are escaped here.
fn record_path(folder: &'static str, name: &str) -> Result<Arg, Error> {
    let mut escaped = String::with_capacity(name.len());
    for character in name.chars() {
        match character {
            '%' => escaped.push_str("%25"),
            '\\' => escaped.push_str("%5c"),
            '/' => escaped.push_str("%2f"),
            other => escaped.push(other),
        }
    }
    Arg::path(folder, &escaped).map_err(Error::bad_arg(Tool::Dscl))
}

fn user_path(user: &AccountName) -> Result<Arg, Error> {
    record_path("/Users/", user.as_str())
}

/// The status that `dscl` gives when it did not do what it was asked, or `None` when it says that it did. 0 when it
/// failed and gave none.
pub fn status_of(answer: &Answer) -> Option<DsStatus> {
    if answer.exit.is_zero() {
        return None;
    }
    DsStatus::in_dscl_error(&answer.everything_said())
        .or_else(|| answer.exit.code().and_then(DsStatus::from_exit_code))
        .or(Some(DsStatus(0)))
}

/// The values of an attribute, whichever prefix stands before its name.
fn values(record: &Dictionary, attribute: &str) -> Vec<String> {
    let prefixes = ["dsAttrTypeStandard:", "dsAttrTypeNative:", ""];
    let found = prefixes
        .iter()
        .find_map(|prefix| record.get(&format!("{prefix}{attribute}")));
    match found {
        Some(Value::Array(values)) => values.iter().filter_map(text_of).collect(),
        Some(value) => text_of(value).into_iter().collect(),
        None => Vec::new(),
    }
}

fn first_value(record: &Dictionary, attribute: &str) -> Option<String> {
    values(record, attribute).into_iter().next()
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Data(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
        Value::Integer(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::record_path;

    #[test]
    fn what_dscl_would_undo_is_escaped() {
        let path = |name| {
            record_path("/Users/", name)
                .map(|arg| arg.as_str().to_owned())
                .ok()
        };
        assert_eq!(path("100%").as_deref(), Some("/Users/100%25"));
        assert_eq!(path(r"a\b/c").as_deref(), Some("/Users/a%5cb%2fc"));
        assert_eq!(path("o'neil; 🔑").as_deref(), Some("/Users/o'neil; 🔑"));
    }
}
