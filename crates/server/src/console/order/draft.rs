//! What a form holds that is not secret, and what can be wrong with it.

use std::collections::BTreeMap;

use serde::Deserialize;
use trust::action::{AccountRole, Action, CreateAccount, GrantSecureToken};
use trust::name::AccountName;

use super::kind::OrderKind;
use crate::console::components::query;
use crate::input::SecretForm;

/// Names of fields, as the form sends them.
pub(super) mod name {
    pub(crate) const ADMINISTRATOR: &str = "administrator";
    pub(crate) const ADMINISTRATOR_PASSWORD: &str = "administrator_password";
    pub(crate) const TARGET: &str = "target";
    pub(crate) const TARGET_PASSWORD: &str = "target_password";
    pub(crate) const FULL_NAME: &str = "full_name";
    pub(crate) const ROLE: &str = "role";
    pub(crate) const HIDDEN: &str = "hidden";
    pub(crate) const PROMOTE: &str = "promote_administrator";
    pub(crate) const REASON: &str = "reason";
}

/// What is wrong, by field, in sentences.
pub(super) type Errors = BTreeMap<&'static str, String>;

/// What was filled in, as it was filled in.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Draft {
    /// Record name of the granter.
    pub administrator: String,
    /// Record name of the account that receives, or that is made.
    pub target: String,
    /// Full name of the account that is made.
    pub full_name: String,
    /// `administrator`, or anything else for a standard account.
    pub role: String,
    /// Whether the login window leaves the new account out.
    pub hidden: bool,
    /// Whether a standard holder may be promoted for the moment.
    pub promote_administrator: bool,
    /// Why, for the audit log.
    pub reason: String,
}

impl Draft {
    /// What stands in a form that was sent.
    pub(super) fn read(form: &SecretForm) -> Self {
        Self {
            administrator: form.text(name::ADMINISTRATOR),
            target: form.text(name::TARGET),
            full_name: form.text(name::FULL_NAME),
            role: form.text(name::ROLE),
            hidden: form.is_ticked(name::HIDDEN),
            promote_administrator: form.is_ticked(name::PROMOTE),
            reason: form.text(name::REASON),
        }
    }

    /// The draft of an action that is ready but for its passwords.
    fn of(action: &Action) -> Self {
        match action {
            Action::GrantSecureToken(grant) => Self {
                administrator: grant.administrator.to_string(),
                target: grant.target.to_string(),
                promote_administrator: grant.promote_administrator,
                ..Self::default()
            },
            Action::CreateAccount(create) => Self {
                administrator: create
                    .administrator
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default(),
                target: create.target.to_string(),
                full_name: create.full_name.as_str().to_owned(),
                role: role_word(create.role).to_owned(),
                hidden: create.hidden,
                promote_administrator: create.promote_administrator,
                reason: String::new(),
            },
        }
    }

    /// The action, or what is wrong.
    pub(super) fn action(&self, kind: OrderKind) -> Result<Action, Errors> {
        let mut errors = Errors::new();
        let action = match kind {
            OrderKind::GrantSecureToken => self.grant(&mut errors).map(Action::GrantSecureToken),
            OrderKind::CreateAccount => self.create_account(&mut errors).map(Action::CreateAccount),
        };
        match action {
            Some(action) if errors.is_empty() => Ok(action),
            _ => Err(errors),
        }
    }

    /// Whether a new account is to be an administrator.
    pub(super) fn role(&self) -> AccountRole {
        if self.role == role_word(AccountRole::Administrator) {
            AccountRole::Administrator
        } else {
            AccountRole::Standard
        }
    }

    fn grant(&self, errors: &mut Errors) -> Option<GrantSecureToken> {
        let administrator = account_name(&self.administrator, name::ADMINISTRATOR, errors);
        let target = account_name(&self.target, name::TARGET, errors);
        Some(GrantSecureToken {
            administrator: administrator?,
            target: target?,
            promote_administrator: self.promote_administrator,
        })
    }

    fn create_account(&self, errors: &mut Errors) -> Option<CreateAccount> {
        let administrator = if self.administrator.is_empty() {
            None
        } else {
            account_name(&self.administrator, name::ADMINISTRATOR, errors)
        };
        let target = account_name(&self.target, name::TARGET, errors);
        let full_name = self.full_name.parse().map_err(|error| sentence(&error));
        let full_name = full_name
            .map_err(|error| errors.insert(name::FULL_NAME, error))
            .ok();
        Some(CreateAccount {
            target: target?,
            full_name: full_name?,
            role: self.role(),
            hidden: self.hidden,
            administrator,
            promote_administrator: self.promote_administrator,
        })
    }
}

/// A role's word in the form.
pub(super) fn role_word(role: AccountRole) -> &'static str {
    match role {
        AccountRole::Standard => "standard",
        AccountRole::Administrator => "administrator",
    }
}

/// The address of the form in which `action` is ready but for its passwords.
pub(in crate::console) fn prefilled(device_id: &impl std::fmt::Display, action: &Action) -> String {
    let draft = Draft::of(action);
    let role = if draft.role.is_empty() {
        None
    } else {
        Some(draft.role.as_str())
    };
    let query = query(&[
        (name::ADMINISTRATOR, Some(draft.administrator.as_str())),
        (name::TARGET, Some(draft.target.as_str())),
        (
            name::FULL_NAME,
            Some(draft.full_name.as_str()).filter(|name| !name.is_empty()),
        ),
        (name::ROLE, role),
        (name::HIDDEN, draft.hidden.then_some("true")),
        (name::PROMOTE, draft.promote_administrator.then_some("true")),
    ]);
    format!("/devices/{device_id}/{}{query}", OrderKind::of(action).slug())
}

fn account_name(text: &str, field: &'static str, errors: &mut Errors) -> Option<AccountName> {
    if text.is_empty() {
        errors.insert(field, "Enter the username.".to_owned());
        return None;
    }
    text.parse()
        .map_err(|error| errors.insert(field, sentence(&error)))
        .ok()
}

/// An error's text as a sentence.
fn sentence(error: &impl std::fmt::Display) -> String {
    let text = error.to_string();
    let mut chars = text.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", chars.as_str())
}
