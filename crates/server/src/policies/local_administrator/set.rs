//! `PUT /api/v1/policies/local-administrator`: decides whether each Mac has one, and what it is to be like.

use axum::Json;
use axum::extract::State;
use trust::local_administrator::{NotASetting, Settings};
use trust::name::FullName;
use utoipa::ToSchema;

use super::show::{LocalAdministratorPolicy, find};
use crate::app::{App, SharedApp};
use crate::idempotency::{IdempotencyKey, done_once};
use crate::identity::Caller;
use crate::input::{
    ALPHABET, FLAG, Fields, PASSWORD_LENGTH, PLAIN_ACCOUNT_NAME, PLAIN_FULL_NAME, REASON, ROTATION_DAYS,
    SecretBody,
};
use crate::problem::{Problem, ProblemView};

/// What the policy is to be. Where none is wanted, the rest is left out; what is left out otherwise stays as it is.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct LocalAdministratorPolicyInput {
    /// Whether each Mac has one.
    wanted: bool,
    /// The account's record name. Has to be given the first time.
    account: Option<String>,
    /// The name that people see; unless told, the record name.
    full_name: Option<String>,
    /// Whether the login window leaves it out.
    hidden: Option<bool>,
    /// How many characters a password has: 12 to 64.
    length: Option<u8>,
    /// What a password is made of: `letters_and_digits` or `with_signs`.
    alphabet: Option<String>,
    /// After how many days it gets another password: 1 to 365.
    rotate_every_days: Option<u16>,
    /// Why, for the audit log.
    reason: Option<String>,
}

/// Decides whether each Mac has a local administrator, and what it is to be like. Where one is no longer wanted, the account stays
/// with the password that it has; who deletes it deletes it by an action.
#[utoipa::path(put, path = "/api/v1/policies/local-administrator", tag = "policies", params(("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = LocalAdministratorPolicyInput, responses(
    (status = 200, description = "The policy as it is now", body = LocalAdministratorPolicy),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn set_local_administrator_policy(
    State(app): State<SharedApp>,
    caller: Caller,
    key: IdempotencyKey,
    body: SecretBody,
) -> Result<Json<LocalAdministratorPolicy>, Problem> {
    let before = store::local_administrator_policy::find(&app.store, caller.organization_id).await?;
    let mut fields = body.fields()?;
    let settings = match fields.required("wanted", &FLAG)? {
        true => Some(read(&mut fields, before.settings)?),
        false => None,
    };
    let reason = fields.optional("reason", &REASON)?;
    fields.end()?;
    set(&app, &caller, &key, settings, reason.as_deref()).await?;
    find(&app, caller.organization_id).await.map(Json)
}

fn read(fields: &mut Fields<'_>, before: Option<Settings>) -> Result<Settings, Problem> {
    let account = match &before {
        Some(before) => fields
            .optional("account", &PLAIN_ACCOUNT_NAME)?
            .unwrap_or_else(|| before.account.clone()),
        None => fields.required("account", &PLAIN_ACCOUNT_NAME)?,
    };
    let full_name = match fields.optional("full_name", &PLAIN_FULL_NAME)? {
        Some(full_name) => full_name,
        None => match &before {
            Some(before) if before.account == account => before.full_name.clone(),
            _ => account
                .as_str()
                .parse::<FullName>()
                .map_err(|_| Problem::invalid("full_name", PLAIN_FULL_NAME.says))?,
        },
    };
    let hidden = fields.optional("hidden", &FLAG)?;
    let length = fields.optional("length", &PASSWORD_LENGTH)?;
    let alphabet = fields.optional("alphabet", &ALPHABET)?;
    let days = fields.optional("rotate_every_days", &ROTATION_DAYS)?;
    let before = before.as_ref();
    Ok(Settings {
        account,
        full_name,
        hidden: hidden.or(before.map(|before| before.hidden)).unwrap_or_default(),
        length: length
            .or(before.map(|before| before.length))
            .unwrap_or(Settings::USUAL_LENGTH),
        alphabet: alphabet
            .or(before.map(|before| before.alphabet))
            .unwrap_or_default(),
        rotate_every_days: days
            .or(before.map(|before| before.rotate_every_days))
            .unwrap_or(Settings::USUAL_ROTATION_DAYS),
    })
}

/// Changes the policy.
pub(crate) async fn set(
    app: &App,
    caller: &Caller,
    key: &IdempotencyKey,
    settings: Option<Settings>,
    reason: Option<&str>,
) -> Result<(), Problem> {
    let settings = settings
        .map(Settings::checked)
        .transpose()
        .map_err(|broken| match broken {
            NotASetting::Account => Problem::invalid(
                "account",
                "is none of macOS's own: it does not begin with an underscore and is not root, daemon or nobody",
            ),
            NotASetting::Length => Problem::invalid("length", PASSWORD_LENGTH.says),
            NotASetting::RotationDays => Problem::invalid("rotate_every_days", ROTATION_DAYS.says),
        })?;
    let asked = (&settings, reason);
    let request = key.request(caller, "set_local_administrator_policy", &asked, app.now());
    let known =
        store::local_administrator_policy::set(&app.store, &request, settings.as_ref(), reason).await?;
    done_once(&known)
}
