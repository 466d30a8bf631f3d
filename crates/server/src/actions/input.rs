//! An action as a caller asks for it.

mod body;
mod target;

pub(crate) use body::ActionInput;

use std::collections::BTreeMap;

use serde::Serialize;
use trust::action::{
    AccountTemplate, ActionTemplate, AdoptAccountTemplate, CreateAccountTemplate,
    CreateServiceAccountTemplate, DeleteAccountTemplate, GrantTemplate, GuardedAccountTemplate, Kind,
    RemoveServiceAccount, RepairServiceAccountTemplate, ResetPasswordTemplate, RotateRecoveryKeyTemplate,
    RotateServiceAccountPassword, SecretRole,
};
use trust::enrolment::Person;
use trust::id::ActionId;
use trust::name::AccountName;
use trust::time::Timestamp;
use trust::wildcard::{Field, Templated};

use self::target::{read_choice, read_target};
use crate::input::{
    ACCOUNT_NAME, EMAIL_ADDRESS, FLAG, FULL_NAME, Fields, ID, KIND, PLAIN_FULL_NAME, REASON, ROLE, SECONDS,
    SecretBody, TEXT, TIME,
};
use crate::problem::Problem;
use crate::sealing::Given;

/// An action as it was asked for.
pub(crate) struct AskedAction {
    /// What is asked, before it is known of which Mac.
    pub template: ActionTemplate,
    /// Its secrets.
    pub secrets: BTreeMap<SecretRole, Given>,
    /// Everything about the order that is not secret.
    pub terms: Terms,
}

impl AskedAction {
    /// The wildcards that stand for passwords, as far as they are no part of one that somebody typed. They tell orders
    /// apart that differ in nothing else.
    pub(crate) fn named_wildcards(&self) -> BTreeMap<SecretRole, Vec<String>> {
        let named = |(role, given): (&SecretRole, &Given)| Some((*role, given.named_wildcards()?));
        self.secrets.iter().filter_map(named).collect()
    }
}

/// What an order says beside the action itself.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Terms {
    /// The plan that the caller agreed to.
    pub plan_id: Option<String>,
    /// The id that the caller chose.
    pub id: Option<ActionId>,
    /// The time before which no agent is shown it.
    pub not_before: Option<Timestamp>,
    /// The time limit, as a point in time.
    pub not_after: Option<Timestamp>,
    /// The time limit, as a span in seconds.
    pub valid_for_s: Option<u64>,
    /// Why.
    pub reason: Option<String>,
}

/// Reads an order: every secret must be there.
pub(crate) fn read_order(body: &SecretBody) -> Result<AskedAction, Problem> {
    let mut fields = body.fields()?;
    let mut secrets = BTreeMap::new();
    let template = read_action(&mut fields, &mut Secrets::Needed(&mut secrets))?;
    let terms = read_terms(&mut fields)?;
    fields.end()?;
    if secrets.values().any(Given::is_sealed) {
        let rule = "is there when a secret is `sealed`, which is bound to it";
        if terms.id.is_none() {
            return Err(Problem::invalid("id", rule));
        }
        if terms.not_after.is_none() {
            return Err(Problem::invalid("not_after", rule));
        }
        if let Some(field) = template.fields_per_mac().first() {
            return Err(Problem::invalid(field.path(), per_mac_rule(*field)));
        }
    }
    Ok(AskedAction {
        template,
        secrets,
        terms,
    })
}

/// What a seal asks of a field that means something else on each Mac.
fn per_mac_rule(field: Field) -> &'static str {
    match field {
        Field::TargetAlias | Field::TargetUid | Field::TargetRole => {
            "is not there when a secret is `sealed`, which is bound to the record name: the plan tells it"
        }
        _ => "holds no wildcard when a secret is `sealed`, which is bound to it",
    }
}

/// Reads an action for which only a plan is wanted. Secrets may be left out; those that are there are looked at for
/// wildcards.
pub(crate) fn read_action_to_plan(body: &SecretBody) -> Result<AskedAction, Problem> {
    let mut fields = body.fields()?;
    let mut secrets = BTreeMap::new();
    let template = read_action(&mut fields, &mut Secrets::Optional(&mut secrets))?;
    let terms = read_terms(&mut fields)?;
    fields.end()?;
    Ok(AskedAction {
        template,
        secrets,
        terms,
    })
}

/// What becomes of the secrets beside the accounts.
pub(crate) enum Secrets<'a> {
    /// Each must be there.
    Needed(&'a mut BTreeMap<SecretRole, Given>),
    /// What is there is read.
    Optional(&'a mut BTreeMap<SecretRole, Given>),
}

impl Secrets<'_> {
    fn take(&mut self, role: SecretRole, credential: &mut Fields<'_>) -> Result<(), Problem> {
        match self {
            Self::Needed(secrets) => {
                secrets.insert(role, Given::read(credential)?);
            }
            Self::Optional(secrets) => {
                secrets.extend(Given::read_optional(credential)?.map(|given| (role, given)));
            }
        }
        Ok(())
    }
}

/// Reads the kind of an action and what belongs to it.
pub(crate) fn read_action(
    fields: &mut Fields<'_>,
    secrets: &mut Secrets<'_>,
) -> Result<ActionTemplate, Problem> {
    match fields.required("kind", &KIND)? {
        Kind::GrantSecureToken => read_grant(fields, secrets).map(ActionTemplate::GrantSecureToken),
        Kind::CreateAccount => read_create_account(fields, secrets).map(ActionTemplate::CreateAccount),
        Kind::CreateServiceAccount => {
            read_create_service_account(fields, secrets).map(ActionTemplate::CreateServiceAccount)
        }
        Kind::RotateServiceAccountPassword => Ok(ActionTemplate::RotateServiceAccountPassword(
            RotateServiceAccountPassword {},
        )),
        Kind::RotateRecoveryKey => Ok(ActionTemplate::RotateRecoveryKey(RotateRecoveryKeyTemplate {
            administrator: read_helper(fields, secrets)?,
        })),
        Kind::RepairServiceAccount => read_repair(fields, secrets).map(ActionTemplate::RepairServiceAccount),
        Kind::RemoveServiceAccount => Ok(ActionTemplate::RemoveServiceAccount(RemoveServiceAccount {
            confirm_device_name: read_confirmation(fields)?,
        })),
        Kind::ChangePassword => read_change_password(fields, secrets).map(ActionTemplate::ChangePassword),
        Kind::ResetPassword => read_reset_password(fields, secrets).map(ActionTemplate::ResetPassword),
        Kind::PromoteAccount => read_account(fields).map(ActionTemplate::PromoteAccount),
        Kind::DemoteAccount => read_guarded_account(fields).map(ActionTemplate::DemoteAccount),
        Kind::DisableAccount => read_guarded_account(fields).map(ActionTemplate::DisableAccount),
        Kind::UnlockAccount => read_account(fields).map(ActionTemplate::UnlockAccount),
        Kind::DeleteAccount => read_delete_account(fields).map(ActionTemplate::DeleteAccount),
        Kind::AdoptAccount => Ok(ActionTemplate::AdoptAccount(AdoptAccountTemplate {
            target: read_target(fields.object("target")?, secrets)?,
            person: read_person(fields)?,
        })),
    }
}

fn read_person(fields: &mut Fields<'_>) -> Result<Option<Person>, Problem> {
    let Some(mut person) = fields.optional_object("person")? else {
        return Ok(None);
    };
    let read = Person {
        full_name: person.required("full_name", &PLAIN_FULL_NAME)?,
        email: person.optional("email", &EMAIL_ADDRESS)?,
    };
    person.end()?;
    Ok(Some(read))
}

fn read_create_service_account(
    fields: &mut Fields<'_>,
    secrets: &mut Secrets<'_>,
) -> Result<CreateServiceAccountTemplate, Problem> {
    let administrator = fields.object("administrator")?;
    Ok(CreateServiceAccountTemplate {
        administrator: read_credential(administrator, SecretRole::Administrator, secrets)?,
        promote_administrator: read_promotion(fields)?,
    })
}

fn read_repair(
    fields: &mut Fields<'_>,
    secrets: &mut Secrets<'_>,
) -> Result<RepairServiceAccountTemplate, Problem> {
    Ok(RepairServiceAccountTemplate {
        administrator: read_helper(fields, secrets)?,
        promote_administrator: read_promotion(fields)?,
    })
}

/// Who helps, if anybody.
fn read_helper(
    fields: &mut Fields<'_>,
    secrets: &mut Secrets<'_>,
) -> Result<Option<Templated<AccountName>>, Problem> {
    fields
        .optional_object("administrator")?
        .map(|credential| read_credential(credential, SecretRole::Administrator, secrets))
        .transpose()
}

fn read_promotion(fields: &mut Fields<'_>) -> Result<bool, Problem> {
    Ok(fields
        .optional("promote_administrator", &FLAG)?
        .unwrap_or_default())
}

fn read_grant(fields: &mut Fields<'_>, secrets: &mut Secrets<'_>) -> Result<GrantTemplate, Problem> {
    let administrator = fields.object("administrator")?;
    let target = fields.object("target")?;
    Ok(GrantTemplate {
        administrator: read_credential(administrator, SecretRole::Administrator, secrets)?,
        target: read_target(target, secrets)?,
        promote_administrator: read_promotion(fields)?,
    })
}

fn read_create_account(
    fields: &mut Fields<'_>,
    secrets: &mut Secrets<'_>,
) -> Result<CreateAccountTemplate, Problem> {
    let administrator = read_helper(fields, secrets)?;
    let mut target = fields.object("target")?;
    let full_name = target.required("full_name", &FULL_NAME)?;
    let role = target.optional("role", &ROLE)?.unwrap_or_default();
    let hidden = target.optional("hidden", &FLAG)?.unwrap_or_default();
    Ok(CreateAccountTemplate {
        target: read_credential(target, SecretRole::Target, secrets)?,
        full_name,
        role,
        hidden,
        administrator,
        promote_administrator: read_promotion(fields)?,
    })
}

fn read_confirmation(fields: &mut Fields<'_>) -> Result<Option<String>, Problem> {
    fields.optional("confirm_device_name", &TEXT)
}

fn read_account(fields: &mut Fields<'_>) -> Result<AccountTemplate, Problem> {
    let mut target = fields.object("target")?;
    let choice = read_choice(&mut target)?;
    target.end()?;
    Ok(AccountTemplate { target: choice })
}

fn read_guarded_account(fields: &mut Fields<'_>) -> Result<GuardedAccountTemplate, Problem> {
    Ok(GuardedAccountTemplate {
        target: read_account(fields)?.target,
        confirm_device_name: read_confirmation(fields)?,
    })
}

fn read_change_password(
    fields: &mut Fields<'_>,
    secrets: &mut Secrets<'_>,
) -> Result<AccountTemplate, Problem> {
    let target = read_target(fields.object("target")?, secrets)?;
    read_new_password(fields, secrets)?;
    Ok(AccountTemplate { target })
}

fn read_reset_password(
    fields: &mut Fields<'_>,
    secrets: &mut Secrets<'_>,
) -> Result<ResetPasswordTemplate, Problem> {
    let administrator = fields.object("administrator")?;
    let administrator = read_credential(administrator, SecretRole::Administrator, secrets)?;
    let target = read_account(fields)?.target;
    read_new_password(fields, secrets)?;
    Ok(ResetPasswordTemplate {
        target,
        administrator,
    })
}

/// Reads the password that an account is to have. Who only plans may leave it out.
fn read_new_password(fields: &mut Fields<'_>, secrets: &mut Secrets<'_>) -> Result<(), Problem> {
    let role = SecretRole::NewPassword;
    let given = match secrets {
        Secrets::Needed(_) => Some(fields.object(role.word())?),
        Secrets::Optional(_) => fields.optional_object(role.word())?,
    };
    let Some(mut given) = given else {
        return Ok(());
    };
    secrets.take(role, &mut given)?;
    given.end()
}

fn read_delete_account(fields: &mut Fields<'_>) -> Result<DeleteAccountTemplate, Problem> {
    let mut target = fields.object("target")?;
    let choice = read_choice(&mut target)?;
    let remove_home = target.optional("remove_home", &FLAG)?.unwrap_or_default();
    target.end()?;
    Ok(DeleteAccountTemplate {
        target: choice,
        remove_home,
        confirm_device_name: read_confirmation(fields)?,
    })
}

/// Reads the rest of an account with its secret.
fn read_credential(
    mut credential: Fields<'_>,
    role: SecretRole,
    secrets: &mut Secrets<'_>,
) -> Result<Templated<AccountName>, Problem> {
    let username = credential.required("username", &ACCOUNT_NAME)?;
    secrets.take(role, &mut credential)?;
    credential.end()?;
    Ok(username)
}

fn read_terms(fields: &mut Fields<'_>) -> Result<Terms, Problem> {
    Ok(Terms {
        plan_id: fields.optional("plan_id", &TEXT)?,
        id: fields.optional("id", &ID)?,
        not_before: fields.optional("not_before", &TIME)?,
        not_after: fields.optional("not_after", &TIME)?,
        valid_for_s: fields.optional("valid_for_s", &SECONDS)?,
        reason: fields.optional("reason", &REASON)?,
    })
}
