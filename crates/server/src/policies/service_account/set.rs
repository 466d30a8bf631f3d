//! `PUT /api/v1/policies/service-account`: decides what the organisation wants of its service accounts.

use axum::Json;
use axum::extract::State;
use trust::service_account::{NotASetting, Settings};
use utoipa::ToSchema;

use super::show::{ServiceAccountPolicy, find};
use crate::app::{App, SharedApp};
use crate::devices::diagnose_anew::diagnose_anew;
use crate::idempotency::{IdempotencyKey, done_once};
use crate::identity::Caller;
use crate::input::{ACCOUNT_NAMES, DAYS, FLAG, REASON, SecretBody};
use crate::problem::{Problem, ProblemView};

/// What the policy is to be. What is left out stays as it is.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the body in the OpenAPI document")]
pub(crate) struct ServiceAccountPolicyInput {
    /// Whether Macs have a service account.
    enabled: Option<bool>,
    /// After how many days each gets a new password: 1 to 365.
    rotate_every_days: Option<u16>,
    /// Record names of accounts that never get a token by themselves, at most 100.
    excluded_accounts: Option<Vec<String>>,
    /// Why, for the audit log.
    reason: Option<String>,
}

/// What is to change of the policy.
#[derive(Debug, Default)]
pub(crate) struct Change {
    /// Whether Macs have a service account.
    pub enabled: Option<bool>,
    /// After how many days each gets a new password.
    pub rotate_every_days: Option<u16>,
    /// Who never gets a token by themselves.
    pub excluded_accounts: Option<Vec<trust::name::AccountName>>,
}

/// Decides what the organisation wants of its service accounts. Agents are told at their next check-in.
#[utoipa::path(put, path = "/api/v1/policies/service-account", tag = "policies", params(("Idempotency-Key" = String, Header, description = "A fresh random value per request")), request_body = ServiceAccountPolicyInput, responses(
    (status = 200, description = "The policy as it is now", body = ServiceAccountPolicy),
    (status = "4XX", description = "A problem", body = ProblemView, content_type = "application/problem+json"),
))]
pub(crate) async fn set_service_account_policy(
    State(app): State<SharedApp>,
    caller: Caller,
    key: IdempotencyKey,
    body: SecretBody,
) -> Result<Json<ServiceAccountPolicy>, Problem> {
    let mut fields = body.fields()?;
    let change = Change {
        enabled: fields.optional("enabled", &FLAG)?,
        rotate_every_days: fields.optional("rotate_every_days", &DAYS)?,
        excluded_accounts: fields.optional("excluded_accounts", &ACCOUNT_NAMES)?,
    };
    let reason = fields.optional("reason", &REASON)?;
    fields.end()?;
    set(&app, &caller, &key, change, reason.as_deref()).await?;
    find(&app, caller.organization_id).await.map(Json)
}

/// Changes the policy, and looks at the first Macs.
pub(crate) async fn set(
    app: &App,
    caller: &Caller,
    key: &IdempotencyKey,
    change: Change,
    reason: Option<&str>,
) -> Result<(), Problem> {
    let asked = (
        change.enabled,
        change.rotate_every_days,
        &change.excluded_accounts,
        reason,
    );
    let request = key.request(caller, "set_service_account_policy", &asked, app.now());
    let before = store::service_account_policy::find(&app.store, caller.organization_id).await?;
    let before = before.settings;
    let settings = Settings {
        wanted: change.enabled.unwrap_or(before.wanted),
        rotate_every_days: change.rotate_every_days.unwrap_or(before.rotate_every_days),
        excluded_accounts: change
            .excluded_accounts
            .unwrap_or_else(|| before.excluded_accounts.clone()),
        ..before
    };
    let settings = settings.checked().map_err(|broken| match broken {
        NotASetting::RotationDays => Problem::invalid("rotate_every_days", "is 1 to 365"),
        NotASetting::TooManyExcluded => Problem::invalid("excluded_accounts", "are at most 100 record names"),
    })?;
    done_once(&store::service_account_policy::set(&app.store, &request, &settings, reason).await?)?;
    diagnose_anew(app).await
}
