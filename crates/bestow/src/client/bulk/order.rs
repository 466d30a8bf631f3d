//! The order of a bulk run.

use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use trust::action::{AccountRole, ActionTemplate, SecretRole};
use trust::id::DeviceId;
use trust::time::Timestamp;

use crate::client::account_choice::AccountOrder;
use crate::client::plan::removes_home;

/// One action for many devices.
#[derive(Debug, Clone, Serialize)]
pub struct BulkOrder {
    /// Which devices.
    pub selector: Selection,
    /// What is asked of each.
    pub action: BulkActionOrder,
    /// How many go first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub canary: Option<CanaryOrder>,
    /// It stops when so many of a hundred have failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop_at_failure_percent: Option<u8>,
    /// At most so many at the same time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_flight: Option<u64>,
    /// It stops before the first device when more than so many are ready.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ready_at_most: Option<u64>,
    /// Nothing is released before this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Timestamp>,
    /// How long an agent has to begin, in seconds.
    pub valid_for_s: u64,
    /// Why, for the audit log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Which devices.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Selection {
    /// Every one.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub all: bool,
    /// Those with this in their name, serial number, hardware UUID or model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Those whose chain of trust is worth this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Those with a finding of this code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finding: Option<String>,
    /// Those of these ids.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device_ids: Option<Vec<DeviceId>>,
    /// Those with these serial numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial_numbers: Option<Vec<String>>,
}

/// How many go first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CanaryOrder {
    /// So many.
    Count(u64),
    /// So many of a hundred.
    Percent(u8),
}

/// What is asked of each device.
#[derive(Debug, Clone, Serialize)]
pub struct BulkActionOrder {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    administrator: Option<Credential>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<Target>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new_password: Option<PasswordText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    promote_administrator: Option<bool>,
}

#[derive(Debug, Clone, Serialize)]
struct Credential {
    #[serde(flatten)]
    account: AccountOrder,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    password: Option<PasswordText>,
}

#[derive(Debug, Clone, Serialize)]
struct Target {
    #[serde(flatten)]
    credential: Credential,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    new_account: Option<NewAccount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remove_home: Option<bool>,
}

#[derive(Debug, Clone, Serialize)]
struct NewAccount {
    full_name: String,
    role: AccountRole,
    hidden: bool,
}

/// What stands in a password field: a password that was typed, or a wildcard. The server seals it to each device.
#[derive(Clone)]
pub enum PasswordText {
    /// Taken byte for byte.
    Typed(SecretString),
    /// The word of a wildcard, such as `%password%`.
    Wildcard(String),
}

impl fmt::Debug for PasswordText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Typed(_) => "Typed(…)",
            Self::Wildcard(word) => word,
        })
    }
}

/// As `password`, or as `password_from`.
impl Serialize for PasswordText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_map(Some(1))?;
        match self {
            Self::Typed(password) => fields.serialize_entry("password", password.expose_secret())?,
            Self::Wildcard(word) => fields.serialize_entry("password_from", word)?,
        }
        fields.end()
    }
}

impl BulkActionOrder {
    /// The order of `action`, without passwords.
    pub fn new(action: &ActionTemplate) -> Self {
        let credential = |account: AccountOrder| Credential {
            account,
            password: None,
        };
        let new_account = match action {
            ActionTemplate::CreateAccount(create) => Some(NewAccount {
                full_name: create.full_name.as_text().to_owned(),
                role: create.role,
                hidden: create.hidden,
            }),
            _ => None,
        };
        let target = action.target().map(|choice| Target {
            credential: credential((&choice).into()),
            new_account,
            remove_home: removes_home(action),
        });
        Self {
            kind: action.kind(),
            administrator: action.administrator().map(|name| credential(name.into())),
            target,
            new_password: None,
            promote_administrator: action.may_promote().then_some(true),
        }
    }

    /// Puts the password in that plays `role`.
    pub fn set_password(&mut self, role: SecretRole, password: PasswordText) {
        let credential = match role {
            SecretRole::NewPassword => {
                self.new_password = Some(password);
                return;
            }
            SecretRole::Administrator => self.administrator.as_mut(),
            SecretRole::Target => self.target.as_mut().map(|target| &mut target.credential),
        };
        if let Some(credential) = credential {
            credential.password = Some(password);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use trust::action::GrantTemplate;

    #[test]
    fn a_typed_password_is_taken_byte_for_byte_and_never_shown() {
        let action = ActionTemplate::GrantSecureToken(GrantTemplate {
            administrator: "ada".parse().unwrap(),
            target: "%username%".parse().unwrap(),
            promote_administrator: false,
        });
        let mut order = BulkActionOrder::new(&action);
        let typed = |text: &str| PasswordText::Typed(SecretString::from(text));
        order.set_password(SecretRole::Administrator, typed("50%off%now"));
        order.set_password(
            SecretRole::Target,
            PasswordText::Wildcard("%password%".to_owned()),
        );
        let json = serde_json::to_value(&order).unwrap();
        assert_eq!(json["administrator"]["password"], "50%off%now");
        assert_eq!(json["target"]["username"], "%username%");
        assert_eq!(json["target"]["password_from"], "%password%");
        let shown = format!("{order:?}");
        assert!(!shown.contains("off") && shown.contains("%password%"), "{shown}");
    }
}
