//! Passwords that wildcards stand for: options that name no password, but where one was collected.

use std::collections::BTreeMap;

use trust::action::{ActionTemplate, SecretRole};
use trust::wildcard::is_one_wildcard;

use crate::exit::Failure;

/// Wildcards in the place of passwords.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct PasswordsFrom {
    /// Take the administrator's password from the Mac's enrolment data, such as '%password%'; it is not asked for
    #[arg(long, value_name = "WILDCARD", value_parser = wildcard)]
    administrator_password_from: Option<String>,
    /// Take the password of the target or new account from the Mac's enrolment data; it is not asked for
    #[arg(long, value_name = "WILDCARD", value_parser = wildcard)]
    target_password_from: Option<String>,
    /// Take the new password of an account from the Mac's enrolment data; it is not asked for
    #[arg(long, value_name = "WILDCARD", value_parser = wildcard)]
    new_password_from: Option<String>,
}

impl PasswordsFrom {
    /// The wildcards by the part that each plays in `template`. One that plays none there is refused.
    pub fn wildcards(&self, template: &ActionTemplate) -> Result<BTreeMap<SecretRole, String>, Failure> {
        let administrator = self.administrator_password_from.clone();
        let target = self.target_password_from.clone();
        let all = [
            (SecretRole::Administrator, administrator),
            (SecretRole::Target, target),
            (SecretRole::NewPassword, self.new_password_from.clone()),
        ];
        let wildcards: BTreeMap<SecretRole, String> = all
            .into_iter()
            .filter_map(|(role, wildcard)| Some((role, wildcard?)))
            .collect();
        match wildcards
            .keys()
            .all(|role| template.secret_roles().contains(role))
        {
            true => Ok(wildcards),
            false => Err(Failure::usage(
                "A password is named by a wildcard that is not asked for here. --administrator-password-from goes with \
                 --administrator: without one there is no such password.",
            )),
        }
    }
}

/// A wildcard and nothing else: an argument can be read by everybody on this computer, so no part of it is a password.
fn wildcard(text: &str) -> Result<String, String> {
    if is_one_wildcard(text) {
        Ok(text.to_owned())
    } else {
        Err("this option takes one wildcard such as '%password%', and never a password".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_wildcard_passes() {
        assert_eq!(wildcard("%password%").as_deref(), Ok("%password%"));
        for text in ["hunter2", "%password%x", "%%", "", "%serialnumber%%password%"] {
            assert!(wildcard(text).is_err(), "{text}");
        }
    }
}
