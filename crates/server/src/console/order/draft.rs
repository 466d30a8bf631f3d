//! What a form holds that is not secret, and what can be wrong with it.

use serde::Deserialize;
use trust::account_choice::AccountChoice;
use trust::action::{
    AccountRole, AccountTemplate, Action, ActionTemplate, AdoptAccountTemplate, CreateAccountTemplate,
    CreateServiceAccountTemplate, DeleteAccountTemplate, GrantTemplate, GuardedAccountTemplate,
    RemoveServiceAccount, RepairServiceAccountTemplate, ResetPasswordTemplate, RotateRecoveryKeyTemplate,
    RotateServiceAccountPassword, SecretRole,
};
use trust::enrolment::{EmailAddress, Person};
use trust::name::{AccountName, FullName};
use trust::wildcard::{Templated, escape};

use super::choice::choice;
use super::kind::OrderKind;
use crate::console::components::{Errors, query, sentence};
use crate::input::SecretForm;

/// Names of fields, as the form sends them.
pub(in crate::console) mod name {
    use trust::wildcard::Field;

    pub(crate) use crate::console::own_form::REASON;

    pub(crate) const ADMINISTRATOR: &str = "administrator";
    pub(crate) const ADMINISTRATOR_PASSWORD: &str = "administrator_password";
    pub(crate) const ADMINISTRATOR_PASSWORD_FROM: &str = "administrator_password_from";
    pub(crate) const TARGET: &str = "target";
    pub(crate) const TARGET_BY: &str = "target_by";
    pub(crate) const TARGET_PASSWORD: &str = "target_password";
    pub(crate) const TARGET_PASSWORD_FROM: &str = "target_password_from";
    pub(crate) const NEW_PASSWORD: &str = "new_password";
    pub(crate) const NEW_PASSWORD_FROM: &str = "new_password_from";
    pub(crate) const FULL_NAME: &str = "full_name";
    pub(crate) const PERSON: &str = "person";
    pub(crate) const PERSON_EMAIL: &str = "person_email";
    pub(crate) const ROLE: &str = "role";
    pub(crate) const HIDDEN: &str = "hidden";
    pub(crate) const REMOVE_HOME: &str = "remove_home";
    pub(crate) const PROMOTE: &str = "promote_administrator";
    pub(crate) const NOT_BEFORE: &str = "not_before";
    pub(crate) const CONFIRM: &str = "confirm_device_name";

    /// The form's field for a field of an action.
    pub(crate) fn of(field: Field) -> &'static str {
        match field {
            Field::AdministratorUsername => ADMINISTRATOR,
            Field::AdministratorPassword => ADMINISTRATOR_PASSWORD_FROM,
            Field::TargetUsername | Field::TargetAlias | Field::TargetUid | Field::TargetRole => TARGET,
            Field::TargetPassword => TARGET_PASSWORD_FROM,
            Field::NewPassword => NEW_PASSWORD_FROM,
            Field::TargetFullName => FULL_NAME,
        }
    }
}

/// The field in which a password is typed.
pub(in crate::console) fn typed_password(role: SecretRole) -> &'static str {
    match role {
        SecretRole::Administrator => name::ADMINISTRATOR_PASSWORD,
        SecretRole::Target => name::TARGET_PASSWORD,
        SecretRole::NewPassword => name::NEW_PASSWORD,
    }
}

/// The fields in the order in which the form has them.
pub(super) fn fields(kind: OrderKind) -> &'static [&'static str] {
    match kind {
        OrderKind::GrantSecureToken => &[
            name::ADMINISTRATOR,
            name::ADMINISTRATOR_PASSWORD,
            name::ADMINISTRATOR_PASSWORD_FROM,
            name::PROMOTE,
            name::TARGET,
            name::TARGET_PASSWORD,
            name::TARGET_PASSWORD_FROM,
            name::NOT_BEFORE,
            name::REASON,
        ],
        OrderKind::CreateAccount => &[
            name::FULL_NAME,
            name::TARGET,
            name::TARGET_PASSWORD,
            name::TARGET_PASSWORD_FROM,
            name::ROLE,
            name::HIDDEN,
            name::ADMINISTRATOR,
            name::ADMINISTRATOR_PASSWORD,
            name::ADMINISTRATOR_PASSWORD_FROM,
            name::PROMOTE,
            name::NOT_BEFORE,
            name::REASON,
        ],
        OrderKind::AdoptAccount => &[
            name::TARGET,
            name::TARGET_PASSWORD,
            name::TARGET_PASSWORD_FROM,
            name::PERSON,
            name::PERSON_EMAIL,
            name::NOT_BEFORE,
            name::REASON,
        ],
        OrderKind::CreateServiceAccount | OrderKind::RepairServiceAccount => &[
            name::ADMINISTRATOR,
            name::ADMINISTRATOR_PASSWORD,
            name::ADMINISTRATOR_PASSWORD_FROM,
            name::PROMOTE,
            name::NOT_BEFORE,
            name::REASON,
        ],
        OrderKind::ChangePassword => &[
            name::TARGET,
            name::TARGET_PASSWORD,
            name::TARGET_PASSWORD_FROM,
            name::NEW_PASSWORD,
            name::NEW_PASSWORD_FROM,
            name::NOT_BEFORE,
            name::REASON,
        ],
        OrderKind::ResetPassword => &[
            name::ADMINISTRATOR,
            name::ADMINISTRATOR_PASSWORD,
            name::ADMINISTRATOR_PASSWORD_FROM,
            name::TARGET,
            name::NEW_PASSWORD,
            name::NEW_PASSWORD_FROM,
            name::NOT_BEFORE,
            name::REASON,
        ],
        OrderKind::PromoteAccount | OrderKind::UnlockAccount => {
            &[name::TARGET, name::NOT_BEFORE, name::REASON]
        }
        OrderKind::DemoteAccount | OrderKind::DisableAccount => {
            &[name::TARGET, name::CONFIRM, name::NOT_BEFORE, name::REASON]
        }
        OrderKind::DeleteAccount => &[
            name::TARGET,
            name::REMOVE_HOME,
            name::CONFIRM,
            name::NOT_BEFORE,
            name::REASON,
        ],
        OrderKind::RotateRecoveryKey => &[
            name::ADMINISTRATOR,
            name::ADMINISTRATOR_PASSWORD,
            name::ADMINISTRATOR_PASSWORD_FROM,
            name::NOT_BEFORE,
            name::REASON,
        ],
        OrderKind::RotateServiceAccountPassword => &[name::NOT_BEFORE, name::REASON],
        OrderKind::RemoveServiceAccount => &[name::CONFIRM, name::NOT_BEFORE, name::REASON],
    }
}

/// What was filled in, as it was filled in.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Draft {
    /// Record name of the granter.
    pub administrator: String,
    /// The wildcard that stands for its password; empty when that is typed.
    pub administrator_password_from: String,
    /// Record name of the account that receives, or that is made; or what else stands for one that exists.
    pub target: String,
    /// How an account that exists is chosen; empty for its record name.
    pub target_by: String,
    /// The wildcard that stands for its password; empty when that is typed.
    pub target_password_from: String,
    /// The wildcard that stands for the new password; empty when that is typed.
    pub new_password_from: String,
    /// Full name of the account that is made.
    pub full_name: String,
    /// Full name of the person whose account it is from then on; empty for nobody.
    pub person: String,
    /// That person's e-mail address, if any.
    pub person_email: String,
    /// `administrator`, or anything else for a standard account.
    pub role: String,
    /// Whether the login window leaves the new account out.
    pub hidden: bool,
    /// Whether the home folder of a deleted account goes with it.
    pub remove_home: bool,
    /// Whether a standard holder may be promoted for the moment.
    pub promote_administrator: bool,
    /// The time before which nothing begins, in UTC as a browser writes it; empty for now.
    pub not_before: String,
    /// The Mac's name, typed in confirmation.
    pub confirm_device_name: String,
    /// Why, for the audit log.
    pub reason: String,
}

impl Draft {
    /// What stands in a form that was sent.
    pub(super) fn read(form: &SecretForm) -> Self {
        Self {
            administrator: form.text(name::ADMINISTRATOR),
            administrator_password_from: form.text(name::ADMINISTRATOR_PASSWORD_FROM),
            target: form.text(name::TARGET),
            target_by: form.text(name::TARGET_BY),
            target_password_from: form.text(name::TARGET_PASSWORD_FROM),
            new_password_from: form.text(name::NEW_PASSWORD_FROM),
            full_name: form.text(name::FULL_NAME),
            person: form.text(name::PERSON),
            person_email: form.text(name::PERSON_EMAIL),
            role: form.text(name::ROLE),
            hidden: form.is_ticked(name::HIDDEN),
            remove_home: form.is_ticked(name::REMOVE_HOME),
            promote_administrator: form.is_ticked(name::PROMOTE),
            not_before: form.text(name::NOT_BEFORE),
            confirm_device_name: form.text(name::CONFIRM),
            reason: form.text(name::REASON),
        }
    }

    /// The same without the Mac's name.
    pub(super) fn without_confirmation(&self) -> Self {
        Self {
            confirm_device_name: String::new(),
            ..self.clone()
        }
    }

    /// The draft of an action that is ready but for its passwords.
    fn of(action: &Action) -> Self {
        let name = |name: Option<&AccountName>| name.map(|name| escape(name.as_str())).unwrap_or_default();
        let draft = Self {
            administrator: name(action.administrator()),
            target: name(action.target()),
            promote_administrator: action.may_promote(),
            ..Self::default()
        };
        match action {
            Action::CreateAccount(create) => Self {
                full_name: escape(create.full_name.as_str()),
                role: create.role.word().to_owned(),
                hidden: create.hidden,
                ..draft
            },
            Action::DeleteAccount(delete) => Self {
                remove_home: delete.remove_home,
                ..draft
            },
            _ => draft,
        }
    }

    /// The action, wildcards and all, or what is wrong.
    pub(in crate::console) fn template(&self, kind: OrderKind) -> Result<ActionTemplate, Errors> {
        let mut errors = Errors::new();
        let action = match kind {
            OrderKind::GrantSecureToken => self.grant(&mut errors).map(ActionTemplate::GrantSecureToken),
            OrderKind::CreateAccount => self
                .create_account(&mut errors)
                .map(ActionTemplate::CreateAccount),
            OrderKind::AdoptAccount => self.target(&mut errors).map(|target| {
                let person = self.person(&mut errors);
                ActionTemplate::AdoptAccount(AdoptAccountTemplate { target, person })
            }),
            OrderKind::CreateServiceAccount => {
                account_name(&self.administrator, name::ADMINISTRATOR, &mut errors).map(|administrator| {
                    ActionTemplate::CreateServiceAccount(CreateServiceAccountTemplate {
                        administrator,
                        promote_administrator: self.promote_administrator,
                    })
                })
            }
            OrderKind::RotateServiceAccountPassword => Some(ActionTemplate::RotateServiceAccountPassword(
                RotateServiceAccountPassword {},
            )),
            OrderKind::RotateRecoveryKey => {
                Some(ActionTemplate::RotateRecoveryKey(RotateRecoveryKeyTemplate {
                    administrator: self.administrator_if_any(&mut errors),
                }))
            }
            OrderKind::RepairServiceAccount => Some(ActionTemplate::RepairServiceAccount(
                RepairServiceAccountTemplate {
                    administrator: self.administrator_if_any(&mut errors),
                    promote_administrator: self.promote_administrator,
                },
            )),
            OrderKind::RemoveServiceAccount => {
                Some(ActionTemplate::RemoveServiceAccount(RemoveServiceAccount {
                    confirm_device_name: self.confirmation(),
                }))
            }
            OrderKind::ChangePassword => self.account(&mut errors).map(ActionTemplate::ChangePassword),
            OrderKind::ResetPassword => self
                .reset_password(&mut errors)
                .map(ActionTemplate::ResetPassword),
            OrderKind::PromoteAccount => self.account(&mut errors).map(ActionTemplate::PromoteAccount),
            OrderKind::UnlockAccount => self.account(&mut errors).map(ActionTemplate::UnlockAccount),
            OrderKind::DemoteAccount => self
                .guarded_account(&mut errors)
                .map(ActionTemplate::DemoteAccount),
            OrderKind::DisableAccount => self
                .guarded_account(&mut errors)
                .map(ActionTemplate::DisableAccount),
            OrderKind::DeleteAccount => self.account(&mut errors).map(|account| {
                ActionTemplate::DeleteAccount(DeleteAccountTemplate {
                    target: account.target,
                    remove_home: self.remove_home,
                    confirm_device_name: self.confirmation(),
                })
            }),
        };
        match action {
            Some(action) if errors.is_empty() => Ok(action),
            _ => Err(errors),
        }
    }

    /// Whether a new account is to be an administrator.
    pub(in crate::console) fn role(&self) -> AccountRole {
        AccountRole::from_word(&self.role).unwrap_or_default()
    }

    fn confirmation(&self) -> Option<String> {
        Some(self.confirm_device_name.clone()).filter(|name| !name.is_empty())
    }

    /// The account that exists and is meant.
    fn target(&self, errors: &mut Errors) -> Option<AccountChoice> {
        choice(&self.target_by, &self.target, errors)
    }

    fn account(&self, errors: &mut Errors) -> Option<AccountTemplate> {
        let target = self.target(errors)?;
        Some(AccountTemplate { target })
    }

    fn reset_password(&self, errors: &mut Errors) -> Option<ResetPasswordTemplate> {
        let administrator = account_name(&self.administrator, name::ADMINISTRATOR, errors);
        let target = self.target(errors);
        Some(ResetPasswordTemplate {
            administrator: administrator?,
            target: target?,
        })
    }

    fn guarded_account(&self, errors: &mut Errors) -> Option<GuardedAccountTemplate> {
        Some(GuardedAccountTemplate {
            target: self.account(errors)?.target,
            confirm_device_name: self.confirmation(),
        })
    }

    fn grant(&self, errors: &mut Errors) -> Option<GrantTemplate> {
        let administrator = account_name(&self.administrator, name::ADMINISTRATOR, errors);
        let target = self.target(errors);
        Some(GrantTemplate {
            administrator: administrator?,
            target: target?,
            promote_administrator: self.promote_administrator,
        })
    }

    fn administrator_if_any(&self, errors: &mut Errors) -> Option<Templated<AccountName>> {
        let given = !self.administrator.is_empty();
        given
            .then(|| account_name(&self.administrator, name::ADMINISTRATOR, errors))
            .flatten()
    }

    /// The person whom the account is bound to, if anybody.
    fn person(&self, errors: &mut Errors) -> Option<Person> {
        let (name, email) = (self.person.trim(), self.person_email.trim());
        if name.is_empty() {
            if !email.is_empty() {
                let sentence = "Enter the person's name too, or leave both empty.";
                errors.insert(name::PERSON, sentence.to_owned());
            }
            return None;
        }
        let full_name: Result<FullName, _> = name.parse();
        let email = Some(email)
            .filter(|email| !email.is_empty())
            .map(str::parse)
            .transpose();
        let full_name = full_name
            .map_err(|error| errors.insert(name::PERSON, format!("{}.", sentence(&error.to_string()))));
        let email: Result<Option<EmailAddress>, _> = email;
        let email = email
            .map_err(|error| errors.insert(name::PERSON_EMAIL, format!("{}.", sentence(&error.to_string()))));
        Some(Person {
            full_name: full_name.ok()?,
            email: email.ok()?,
        })
    }

    fn create_account(&self, errors: &mut Errors) -> Option<CreateAccountTemplate> {
        let administrator = self.administrator_if_any(errors);
        let target = account_name(&self.target, name::TARGET, errors);
        let full_name = self.full_name.parse::<Templated<FullName>>();
        let full_name = full_name.map_err(|error| format!("{}.", sentence(&error.to_string())));
        let full_name = full_name
            .map_err(|error| errors.insert(name::FULL_NAME, error))
            .ok();
        Some(CreateAccountTemplate {
            target: target?,
            full_name: full_name?,
            role: self.role(),
            hidden: self.hidden,
            administrator,
            promote_administrator: self.promote_administrator,
        })
    }
}

/// The address of the form in which `action` is ready but for its passwords.
pub(in crate::console) fn prefilled(device_id: &impl std::fmt::Display, action: &Action) -> String {
    let draft = Draft::of(action);
    fn given(text: &str) -> Option<&str> {
        Some(text).filter(|text| !text.is_empty())
    }
    let query = query(&[
        (name::ADMINISTRATOR, given(&draft.administrator)),
        (name::TARGET, given(&draft.target)),
        (name::FULL_NAME, given(&draft.full_name)),
        (name::ROLE, given(&draft.role)),
        (name::HIDDEN, draft.hidden.then_some("true")),
        (name::REMOVE_HOME, draft.remove_home.then_some("true")),
        (name::PROMOTE, draft.promote_administrator.then_some("true")),
    ]);
    format!("/devices/{device_id}/{}{query}", OrderKind::of(action).slug())
}

pub(super) fn account_name(
    text: &str,
    field: &'static str,
    errors: &mut Errors,
) -> Option<Templated<AccountName>> {
    if text.is_empty() {
        let whose = if field == name::ADMINISTRATOR {
            "administrator"
        } else {
            "target account"
        };
        errors.insert(field, format!("Enter the {whose}'s username."));
        return None;
    }
    text.parse::<Templated<AccountName>>()
        .map_err(|error| errors.insert(field, format!("{}.", sentence(&error.to_string()))))
        .ok()
}
