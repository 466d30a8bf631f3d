//! Wildcards that stand for passwords: a field beside each field in which a password is typed.

use std::collections::BTreeMap;

use secrecy::SecretString;
use trust::action::SecretRole;
use trust::wildcard::is_one_wildcard;

use super::draft::{Draft, name};
use super::kind::OrderKind;
use crate::console::components::Errors;
use crate::sealing::Given;

/// The field for the wildcard that stands for a password.
pub(in crate::console) fn password_from(role: SecretRole) -> &'static str {
    match role {
        SecretRole::Administrator => name::ADMINISTRATOR_PASSWORD_FROM,
        SecretRole::Target => name::TARGET_PASSWORD_FROM,
        SecretRole::NewPassword => name::NEW_PASSWORD_FROM,
    }
}

impl Draft {
    /// The wildcard that stands for a password; empty when it is typed.
    pub(in crate::console) fn password_from(&self, role: SecretRole) -> &str {
        match role {
            SecretRole::Administrator => &self.administrator_password_from,
            SecretRole::Target => &self.target_password_from,
            SecretRole::NewPassword => &self.new_password_from,
        }
    }

    /// The wildcards that stand for the passwords that the action takes.
    pub(in crate::console) fn passwords_from(
        &self,
        kind: OrderKind,
        errors: &mut Errors,
    ) -> BTreeMap<SecretRole, Given> {
        let mut secrets = BTreeMap::new();
        let roles = SecretRole::ALL;
        for role in roles.into_iter().filter(|role| kind.takes(*role).is_some()) {
            let text = self.password_from(role);
            if is_one_wildcard(text) {
                secrets.insert(role, Given::From(SecretString::from(text)));
            } else if !text.is_empty() {
                let sentence =
                    "Enter one wildcard and nothing else, such as %password%. A password itself is typed.";
                errors.insert(password_from(role), sentence.to_owned());
            }
        }
        secrets
    }
}
