//! An action as a caller asks for it.

use std::collections::BTreeMap;

use serde::Serialize;
use trust::action::{Action, GrantSecureToken, SecretRole};
use trust::id::ActionId;
use trust::name::AccountName;
use trust::time::Timestamp;
use utoipa::ToSchema;

use crate::input::{ACCOUNT_NAME, Fields, ID, KIND, REASON, SECONDS, SecretBody, TEXT, TIME};
use crate::problem::Problem;
use crate::sealing::Given;

/// An action as it is asked for, secrets beside the accounts that they belong to.
// Only its schema is used: what holds passwords is read field by field.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct ActionInput {
    /// `grant_secure_token`.
    kind: String,
    /// The account that hands the token on.
    administrator: CredentialInput,
    /// The account that receives it.
    target: CredentialInput,
    /// The plan that the caller agreed to. When the plan is another one by now, the answer is `plan_changed`.
    plan_id: Option<String>,
    /// The action's id. Needed with `sealed`, which is bound to it.
    #[schema(format = "uuid")]
    id: Option<String>,
    /// No agent begins it after this, in milliseconds since 1970; at most 30 days ahead. Needed with `sealed`, which is
    /// bound to it.
    not_after: Option<i64>,
    /// The same as a span in seconds. Seven days unless told.
    valid_for_s: Option<u64>,
    /// Why, for the audit log.
    reason: Option<String>,
}

/// An account with its password, in clear or sealed. A plan needs neither.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct CredentialInput {
    /// Its record name.
    username: String,
    /// Its password. It is sealed to the device's key before anything else happens, and never kept.
    #[schema(write_only)]
    password: Option<String>,
    /// Its password, sealed by the caller to the device's key and bound to the action, role and time limit.
    sealed: Option<SealedInput>,
}

/// A secret sealed by HPKE base mode: X25519, HKDF-SHA256, ChaCha20-Poly1305.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct SealedInput {
    /// The encapsulated key, 32 bytes as base64url without padding.
    encapsulated_key: String,
    /// The padded secret with its tag, as base64url without padding.
    ciphertext: String,
}

/// An action as it was asked for.
pub(crate) struct AskedAction {
    /// What is asked.
    pub action: Action,
    /// Its secrets.
    pub secrets: BTreeMap<SecretRole, Given>,
    /// Everything about the order that is not secret.
    pub terms: Terms,
}

/// What an order says beside the action itself.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Terms {
    /// The plan that the caller agreed to.
    pub plan_id: Option<String>,
    /// The id that the caller chose.
    pub id: Option<ActionId>,
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
    fields.required("kind", &KIND)?;
    let (administrator, administrator_secret) = read_credential(&mut fields, "administrator")?;
    let (target, target_secret) = read_credential(&mut fields, "target")?;
    let terms = read_terms(&mut fields)?;
    fields.end()?;
    let secrets = BTreeMap::from([
        (SecretRole::Administrator, administrator_secret),
        (SecretRole::Target, target_secret),
    ]);
    if secrets.values().any(Given::is_sealed) {
        let rule = "is there when a secret is `sealed`, which is bound to it";
        if terms.id.is_none() {
            return Err(Problem::invalid("id", rule));
        }
        if terms.not_after.is_none() {
            return Err(Problem::invalid("not_after", rule));
        }
    }
    Ok(AskedAction {
        action: Action::GrantSecureToken(GrantSecureToken {
            administrator,
            target,
        }),
        secrets,
        terms,
    })
}

/// Reads an action for which only a plan is wanted: secrets are not looked at.
pub(crate) fn read_action_to_plan(body: &SecretBody) -> Result<Action, Problem> {
    let mut fields = body.fields()?;
    fields.required("kind", &KIND)?;
    let administrator = read_username(&mut fields, "administrator")?;
    let target = read_username(&mut fields, "target")?;
    read_terms(&mut fields)?;
    fields.end()?;
    Ok(Action::GrantSecureToken(GrantSecureToken {
        administrator,
        target,
    }))
}

fn read_credential(fields: &mut Fields<'_>, name: &str) -> Result<(AccountName, Given), Problem> {
    let mut credential = fields.object(name)?;
    let username = credential.required("username", &ACCOUNT_NAME)?;
    let secret = Given::read(&mut credential)?;
    credential.end()?;
    Ok((username, secret))
}

fn read_username(fields: &mut Fields<'_>, name: &str) -> Result<AccountName, Problem> {
    let mut credential = fields.object(name)?;
    let username = credential.required("username", &ACCOUNT_NAME)?;
    credential.ignore("password");
    credential.ignore("sealed");
    credential.end()?;
    Ok(username)
}

fn read_terms(fields: &mut Fields<'_>) -> Result<Terms, Problem> {
    Ok(Terms {
        plan_id: fields.optional("plan_id", &TEXT)?,
        id: fields.optional("id", &ID)?,
        not_after: fields.optional("not_after", &TIME)?,
        valid_for_s: fields.optional("valid_for_s", &SECONDS)?,
        reason: fields.optional("reason", &REASON)?,
    })
}
